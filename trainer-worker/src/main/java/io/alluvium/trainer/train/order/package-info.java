/**
 * Operators' orders on their way to the session. Enters: the topic adapter.commands, what the log
 * says of adapters. Leaves: who is paused and what is to be answered next; polling thread.
 */
@NullMarked
package io.alluvium.trainer.train.order;

import org.jspecify.annotations.NullMarked;
