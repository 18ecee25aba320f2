/**
 * Where a candidate goes, and whether it goes at all: lanes, budgets, a choice among candidates
 * when the trainer is behind, and a queue for a person to look at.
 *
 * <p>Enters: candidates. Leaves: candidates with a lane, or refusals with a reason. Rules are pure;
 * what waits lies in a store, bounded per adapter. Runs on the stream threads.
 *
 * <p><b>Replays pass by budgets and selection</b>: they were chosen once. So while much is refused
 * the share of replays in training rises above {@code replay.share}.
 */
@NullMarked
package io.alluvium.streams.route;

import org.jspecify.annotations.NullMarked;
