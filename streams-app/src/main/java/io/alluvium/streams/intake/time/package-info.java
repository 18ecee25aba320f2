/**
 * The time of a partition's log, by which everything is decided that depends on time.
 *
 * <p>Enters: timestamps of records. Leaves: the largest so far, the same whenever the same log is
 * read; it lies in a changelogged store. Runs on the stream threads.
 */
@NullMarked
package io.alluvium.streams.intake.time;

import org.jspecify.annotations.NullMarked;
