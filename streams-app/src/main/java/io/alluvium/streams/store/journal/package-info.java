/**
 * State of many adapters that is kept decoded and survives in small pieces.
 *
 * <p>Enters: one step per record. Leaves: the state as it was after the last committed record. A
 * journal belongs to one task and so to one stream thread at a time.
 */
@NullMarked
package io.alluvium.streams.store.journal;

import org.jspecify.annotations.NullMarked;
