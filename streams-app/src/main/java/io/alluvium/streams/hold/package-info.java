/**
 * What replay and route both hold of examples, and which of them an order to erase means.
 *
 * <p>Enters: examples and orders. Leaves: their written forms, which are for ever, hashes that are
 * the same everywhere, and orders as far as they are obeyed. Rules are pure; the book of erasures
 * lies in its task's store.
 *
 * <p><b>Forgetting</b>: {@code ERASE} on {@code adapter.commands} with the argument {@code
 * subject:NAME}, {@code id:EXAMPLE} or {@code offsets:PARTITION:FIRST-NEXT} (of {@code
 * examples.scored}), for one adapter or, with the adapter {@code *}, for all. It means what was
 * there before the order: an example of which the log's time at its record in {@code
 * examples.scored}, its {@code scoredAt} or its {@code eventTime} is not later than {@code
 * issuedAt}. All three stand with the example, so it does not matter which of order and example is
 * read first; the first alone would miss what stands ahead of the clock, the third is the
 * producer's word and the only one that is early for what was still on its way. What is kept of one
 * adapter goes within about a second: its states are found by name, one for each base. An order for
 * all goes through about a thousand states and examples a second and task, is committed in between,
 * and goes on where it was after a restart. What was accepted and comes back from the scorer later
 * is refused ({@code ERASED}, without its content), for 14 days of the log's time after the order,
 * as long as a record can lie in {@code examples} and {@code examples.accepted}. So whoever sends
 * anew what was erased gives it an event time after the order; and what a producer dated ahead of
 * the order and the scorer had not seen yet stays. The changelogs keep tombstones and are compacted
 * by the broker. Other states hold counts and hashes only.
 */
@NullMarked
package io.alluvium.streams.hold;

import org.jspecify.annotations.NullMarked;
