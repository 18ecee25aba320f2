/**
 * How fast the rooms are: the whole topology and one that only reads and writes, turn by turn on
 * the same broker.
 *
 * <p>Enters: addresses of a broker and a registry, an empty folder, what to measure. Leaves: one
 * line of JSON. A program of its own; nothing of this runs in the application.
 */
@NullMarked
package io.alluvium.streams.bench.speed;

import org.jspecify.annotations.NullMarked;
