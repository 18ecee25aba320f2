/**
 * What is kept of each base and adapter (a track): what is known of it in a journal, its bytes in a
 * store.
 *
 * <p>Enters: examples to keep, orders, draws. Leaves: old examples as if they arrived now. Belongs
 * to one task.
 *
 * <p><b>A question has one answer in the pools: the newest.</b> A record that asks what a kept one
 * asks (of the same adapter and base, in either pool) takes it out before anything is replayed
 * beside it, and comes in by the same luck: the reservoir's key depends on the question where there
 * is one, else on the id, so an often repeated question is no more likely to be kept. The question
 * is everything before the last answer, roles included, in the normal text of de-duplication; a
 * prompt counts as what a user says. A text with an empty prompt asks nothing and contradicts
 * nothing. The newest is the one that stands last in {@code examples.scored}, whatever its event
 * time; the same answer once more replaces too, one is enough. Noise is not kept but takes out what
 * it contradicts all the same: in doubt nothing is replayed, and an operator who drops it from
 * review does not bring the other back. Erasing the newest answer does not bring back the one
 * before, which is gone. A replay of the old answer that has left this room already (in {@code
 * training}, or in a window) is not called back. Where one question rightly has many answers ("tell
 * me a story") only the newest can be replayed; where a rule changes that many questions share,
 * only the questions that are asked again are noticed.
 *
 * <p><b>States of builds that knew no questions are read</b>: what was kept is asked for its
 * question, from its content, when its adapter is next seen; of two answers to one the newer stays.
 *
 * <p><b>State of replay</b>: per base and adapter at most {@code replay.bytes} on disk for either
 * pool, and 22 kB decoded for a full pool of 256, so 90 MB in a process at most (180 with anchors):
 * replay keeps fewer states decoded than the other rooms, and with more active adapters than that a
 * record costs a snapshot of up to 16 kB read. A scored example carries its embedding, so large
 * bases need more {@code replay.bytes} for as many examples.
 */
@NullMarked
package io.alluvium.streams.replay.track;

import org.jspecify.annotations.NullMarked;
