/**
 * Exact duplicates: what counts as the same id, text and question.
 *
 * <p>Enters: examples. Leaves: their fingerprints. Pure.
 */
@NullMarked
package io.alluvium.streams.dedup.exact;

import org.jspecify.annotations.NullMarked;
