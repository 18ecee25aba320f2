/**
 * Items of suites as hashes of their runs of words, and from a hash to the items.
 *
 * <p>Enters: an item's text, or its hashes. Leaves: which items hold a hash. One thread adds, any
 * thread looks up without waiting.
 */
@NullMarked
package io.alluvium.streams.admit.suite.gram;

import org.jspecify.annotations.NullMarked;
