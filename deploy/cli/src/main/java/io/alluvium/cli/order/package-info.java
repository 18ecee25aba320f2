/**
 * Operators' orders: answers for what waits in review, and forgetting.
 *
 * <p>Enters: ids as typed. Leaves: records of the adapter.commands topic, which streams-app obeys
 * within about a second. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.order;

import org.jspecify.annotations.NullMarked;
