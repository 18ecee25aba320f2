/**
 * How fast the rooms are: the whole topology and one that only reads and writes, turn by turn on
 * the same broker.
 *
 * <p>Enters: addresses of a broker and a registry. Leaves: one line of JSON. A process of its own;
 * no application uses this room.
 */
@NullMarked
package io.alluvium.streams.bench;

import org.jspecify.annotations.NullMarked;
