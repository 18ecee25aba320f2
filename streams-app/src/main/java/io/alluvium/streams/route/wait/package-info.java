/**
 * What waits for an operator's answer or for the end of a window, and how it leaves.
 *
 * <p>Enters: candidates, orders, the clock. Leaves: candidates and refusals. Contents lie in a
 * store, what is known of them in memory; belongs to one task.
 *
 * <p><b>Review</b>: an outlier goes to {@code examples.review} and waits; {@code APPROVE} or {@code
 * DROP} on {@code adapter.commands} with the argument {@code review:EXAMPLE} or {@code review:*}
 * answers, for what waited when the order was given. Approved ones go on in the lane {@code
 * approved}, dropped and expired ones are rejections, {@code ERASE} removes what waits without a
 * trace; {@code alluvium review} and {@code alluvium erase} write these orders. Off by default:
 * what nobody looks at is only lost later.
 */
@NullMarked
package io.alluvium.streams.route.wait;

import org.jspecify.annotations.NullMarked;
