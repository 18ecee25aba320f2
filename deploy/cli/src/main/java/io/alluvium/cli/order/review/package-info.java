/**
 * What waits for a yes or a no of an operator, and the answer.
 *
 * <p>Enters: ids as typed. Leaves: orders to streams-app, lines of what waits. Runs on the calling
 * thread.
 */
@NullMarked
package io.alluvium.cli.order.review;

import org.jspecify.annotations.NullMarked;
