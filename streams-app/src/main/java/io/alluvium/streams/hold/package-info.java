/**
 * What replay and route both hold of examples, and which of them an order to erase means.
 *
 * <p>Enters: examples and orders. Leaves: their written forms, which are for ever, hashes that are
 * the same everywhere, and orders as far as they are obeyed. Rules are pure; the book of erasures
 * lies in its task's store.
 */
@NullMarked
package io.alluvium.streams.hold;

import org.jspecify.annotations.NullMarked;
