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
 * when it holds half of its distinct runs, wherever they stand. A run that more than 16 items share
 * is an idiom of its suite and counts for none of the later ones. Like a policy an item is guarded
 * from a stated log time to another, so a suite added later changes no decision before its moment,
 * and none at a second reading. {@code alluvium suite add} writes them; the held-out set is one
 * more suite.
 *
 * <p><b>What the trainer holds out</b> it chooses by the hash of the id, so a copy under another id
 * could be trained on. De-duplication refuses it, near-copies too, while the first is among the
 * adapter's latest {@code dedup.near.examples} within {@code dedup.window}; an older one is not
 * known any more. What must stay unseen for ever is a suite.
 */
@NullMarked
package io.alluvium.streams.admit.suite;

import org.jspecify.annotations.NullMarked;
