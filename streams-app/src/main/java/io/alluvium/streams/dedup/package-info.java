/**
 * The same id, or the same text, only once per adapter and window.
 *
 * <p>Enters: admitted examples. Leaves: those seen for the first time, or refusals that name the
 * first. What counts as the same text is pure; what was seen lies in a changelogged window store.
 * Runs on the stream threads.
 */
@NullMarked
package io.alluvium.streams.dedup;

import org.jspecify.annotations.NullMarked;
