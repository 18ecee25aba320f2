/**
 * Exact duplicates: what counts as the same id, text and question, and what was seen of it.
 *
 * <p>Enters: examples and the log's time. Leaves: where an id or a text first stood, or nothing.
 * Normal text, fingerprints and sieves are pure; what was seen lies in a changelogged window store.
 * Runs on the stream threads; an object belongs to one of them.
 */
@NullMarked
package io.alluvium.streams.dedup.exact;

import org.jspecify.annotations.NullMarked;
