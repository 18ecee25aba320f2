/**
 * What all stores of a process share: memory outside the heap, and how much stays decoded.
 *
 * <p>Enters: the configured budgets. Leaves: one RocksDB cache and write buffer for every store on
 * disk, and even shares of what tasks may hold in memory. Any thread.
 */
@NullMarked
package io.alluvium.streams.store;

import org.jspecify.annotations.NullMarked;
