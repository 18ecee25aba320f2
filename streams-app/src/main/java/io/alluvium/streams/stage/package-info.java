/**
 * What a stage does with each record: asks its rule, counts the answer, sends it on or to the
 * rejections.
 *
 * <p>One pair of words: a rule says pass or refuse (a verdict), and so the record is passed or
 * refused (the stage's result). What was refused is written as a Rejection, which is the record's
 * name on the wire and nowhere else a word of the code.
 *
 * <p>Enters: arrivals. Leaves: results. Runs on the stream threads.
 *
 * <p><b>{@code weighedAt} and {@code rejectedAt} are wall clock</b>; everything else that is
 * written is a function of the log.
 */
@NullMarked
package io.alluvium.streams.stage;

import org.jspecify.annotations.NullMarked;
