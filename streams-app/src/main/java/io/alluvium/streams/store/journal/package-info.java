/**
 * State of many adapters that is kept decoded and survives in small pieces.
 *
 * <p>Enters: one step per record. Leaves: the state as it was after the last committed record. A
 * journal belongs to one task and so to one stream thread at a time.
 *
 * <p><b>What is idle is let go.</b> A name that met no record for {@code forgetAfter} of the log's
 * time loses its state: of novelty, replay and weights per base and adapter, so former bases go
 * too; of near-duplicates per adapter. Every ten seconds at most some thousand entries of each
 * store are looked at, round and round, and what is deleted is a tombstone in the changelog. When a
 * name was last seen is written to a thirtieth of that time and not with each record. What is
 * decided does not depend on whether the sweep came by: a name that was idle for longer begins anew
 * either way. Accounts of {@code route-spending} go when their time is over. State of builds that
 * did not note times counts from the first sweep on.
 *
 * <p><b>Journals.</b> A state of many kilobytes that changes with each record is not written with
 * each record: decoded states stay on the heap (12,288 of novelty and of weights, 4,096 of replay
 * per process, in even shares of its tasks, least recently used go), each step (1 to 350 bytes)
 * goes into one of a ring of slots, and every 128th or 256th step writes the whole instead. Steps
 * within 100 ms share a slot of up to 2 kB, so the store's cache turns a burst on one adapter into
 * a few changelog records per commit; of a ring nothing is deleted. After a start the snapshot is
 * read and the steps behind it are taken again, to the same bits ({@code JournalTest}, and every
 * topology test that restarts). A task that holds more active adapters than stay decoded reads one
 * snapshot and up to one ring per miss.
 */
@NullMarked
package io.alluvium.streams.store.journal;

import org.jspecify.annotations.NullMarked;
