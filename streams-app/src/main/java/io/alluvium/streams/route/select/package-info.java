/**
 * Which candidates go on when there are more than the trainer can take.
 *
 * <p>Enters: candidates and the texts that are aimed at. Leaves: keys, of which the largest go on;
 * the same whenever the same log is read. Pure.
 *
 * <p><b>Back-pressure is a choice, not a queue.</b> While more records than {@code route.lagAbove}
 * wait for the trainer, in {@code training} and the lanes together, each adapter's candidates are
 * gathered in windows; the largest keys of a window go on when it is full, or when the trainer has
 * caught up (looked at each second); the others are rejections ({@code NOT_SELECTED}); sent again
 * within {@code dedup.window} they are duplicates, later they are new. So what waits is bounded by
 * {@code window} × {@code keep} examples per adapter, in a changelogged store. The trainer's offset
 * is a watermark; its note says what it read and still keeps, so records that are done behind the
 * offset of a sleeping adapter are no lag. The lag is read from the broker at the pace of {@code
 * metrics.lagInterval}, so which windows were chosen among is the one thing here that depends on
 * the clock; keys depend on seed and id alone.
 *
 * <p><b>Selections</b>: keys with Gumbel noise make the largest ones a sample without replacement
 * (DSIR). DSIR's sum of log ratios is taken per n-gram, times 16, or length would decide; the
 * stream's side of the ratio is the novelty room's lexical surprise. {@code random} and {@code
 * longest} are the baselines to beat.
 */
@NullMarked
package io.alluvium.streams.route.select;

import org.jspecify.annotations.NullMarked;
