/**
 * Past examples and general ones, mixed into the stream as exact shares.
 *
 * <p>Enters: candidates. Leaves: the same, and between them replays that name where they first
 * stood. What is kept per adapter is bounded in number and bytes, chosen by a seeded reservoir,
 * holds one answer to a question, the newest, and is forgotten on order. Runs on the stream
 * threads.
 *
 * <p><b>Replays are no new examples.</b> They carry {@code replayOf}, are weighed with the
 * temperature in force, teach novelty and temperature nothing, and the trainer counts them apart
 * ({@code counts.replayed}). So more records reach training than examples were sent, and whoever
 * counts records must look at {@code replayOf}.
 *
 * <p><b>Replay is on unless it is switched off</b>, since an adapter forgets its own past by
 * default and the gate compares a candidate with the champion on new records only; see Figures.
 * {@code share: 0} gives every place to new records.
 */
@NullMarked
package io.alluvium.streams.replay;

import org.jspecify.annotations.NullMarked;
