/**
 * Suites that measure what was learned must not be learned: their items as hashes of word runs.
 *
 * <p>Enters: records of the suites topic, words of examples. Leaves: the item that an example
 * leaks. The table is filled by Kafka Streams' global thread, the index is read by all stream
 * threads without waiting.
 *
 * <p><b>Suites come as hashes</b> on the compacted topic {@code suites}, one record for each item
 * (type SuiteItem, key {@code suite/item}): the suite's text does not spread, and whoever reads the
 * topic learns nothing. A run is five words, or all of a shorter item's (eight found 0.5 of items
 * in which one word in twelve was another one, five finds all; of 8,800 real texts against 1,200
 * others as suites it refuses ten, eight refused eight); case and punctuation do not count; items
 * of fewer than three words cannot be told from chance and are left out. An example leaks an item
 * when it holds half of its distinct runs, wherever they stand. What many items of a suite share is
 * the form of its task and is left out when the suite is written ({@code SuiteGrams} of schemas),
 * so that a stream may teach the task that a suite asks about; and a run that more than 16 items on
 * the topic share is an idiom and counts for none of the later ones. Like a policy an item is
 * guarded from a stated log time to another, so a suite added later changes no decision before its
 * moment, and none at a second reading; one that is written again with other words is guarded as it
 * was until the new record's moment. {@code alluvium suite add} writes them, and the train role
 * those that its gate measures by; the held-out set is one more suite. A record that is deleted
 * ends its item at once.
 *
 * <p><b>What the trainer holds out</b> it chooses by the hash of the id, so a copy under another id
 * could be trained on. De-duplication refuses it, near-copies too, while the first is among the
 * adapter's latest {@code dedup.near.examples} within {@code dedup.window}; an older one is not
 * known any more. What must stay unseen for ever is a suite.
 */
@NullMarked
package io.alluvium.streams.admit.suite;

import org.jspecify.annotations.NullMarked;
