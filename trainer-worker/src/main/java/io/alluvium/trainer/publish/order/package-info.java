/**
 * Operators' orders to the trainer: pause, resume, go back to a version, erase, flag.
 *
 * <p>Enters: the topic adapter.commands in its order, and what rollbacks took out of use. Leaves:
 * who is paused, which orders have no answer yet, which records are not to be used, which versions
 * are flagged. Which orders are answered stands in each adapter's state, so that an answer is
 * committed with what it did. Pure; polling thread.
 */
@NullMarked
package io.alluvium.trainer.publish.order;

import org.jspecify.annotations.NullMarked;
