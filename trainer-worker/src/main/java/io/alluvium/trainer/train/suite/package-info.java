/**
 * The suites that a gate measures by also guard the stream: their items stand on the suites topic,
 * so that streams-app refuses examples that hold one. Enters: suites, what stands on the topic.
 * Leaves: items written, items ended. Once, before the role is ready, on its main thread.
 *
 * <p><b>An item is named by its content</b>, so a second start finds everything there and writes
 * nothing, several workers of a base write the same, and a question that is changed becomes another
 * item. What its suite no longer holds is ended at the log time from which the new items are
 * guarded, like {@code alluvium suite remove} does it, and not deleted: a deletion would act when
 * streams-app reads it, and the same log would be judged otherwise at a second reading. Its record
 * is deleted once it ended longer ago than any example is kept.
 *
 * <p><b>Whose an item is</b> says its field {@code base}. A role ends only what its own base's role
 * wrote, and only of suites that it has. What an operator wrote, or removed, stays so.
 *
 * <p><b>Training does not wait for it</b>: a topic that may not be read or written, or does not
 * answer in time, costs one line, since the gate measures all the same. Only what an operator can
 * correct, a broken suite, stops the role.
 */
@NullMarked
package io.alluvium.trainer.train.suite;

import org.jspecify.annotations.NullMarked;
