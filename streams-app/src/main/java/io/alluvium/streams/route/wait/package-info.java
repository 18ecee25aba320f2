/**
 * What waits for an operator's answer or for the end of a window, and how it leaves.
 *
 * <p>Enters: candidates, orders, the clock. Leaves: candidates and refusals. Contents lie in a
 * store, what is known of them in memory; belongs to one task.
 */
@NullMarked
package io.alluvium.streams.route.wait;

import org.jspecify.annotations.NullMarked;
