/**
 * The same id, the same text, or nearly the same text, only once per adapter and window.
 *
 * <p>Enters: admitted examples. Leaves: those seen for the first time, or refusals that name the
 * first. Runs on the stream threads.
 */
@NullMarked
package io.alluvium.streams.dedup;

import org.jspecify.annotations.NullMarked;
