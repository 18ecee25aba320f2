/**
 * Operators' orders: answers for what waits in review, forgetting, and what the trainer is to do.
 *
 * <p>Enters: ids as typed. Leaves: records of the adapter.commands topic, which streams-app and the
 * trainer obey within about a second. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.order;

import org.jspecify.annotations.NullMarked;
