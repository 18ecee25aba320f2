/**
 * The same id, the same text, or nearly the same text, only once per adapter and window.
 *
 * <p>Enters: admitted examples. Leaves: those seen for the first time, or refusals that name the
 * first. Runs on the stream threads.
 *
 * <p><b>De-duplication goes by the log's clock</b>: the largest record timestamp so far, kept in a
 * store. A window store alone drops late records silently, and a single producer whose clock runs
 * years ahead would end everybody's window; such records are refused ({@code RECORD_TIME_AHEAD}),
 * and late ones are remembered at the present. The same log gives the same answers after a restart.
 */
@NullMarked
package io.alluvium.streams.dedup;

import org.jspecify.annotations.NullMarked;
