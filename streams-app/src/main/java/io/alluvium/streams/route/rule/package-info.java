/**
 * Which lane a candidate takes, and whether its budget is spent.
 *
 * <p>Enters: candidates and the log's time. Leaves: a lane, or which budget says no. Rules are
 * pure; what is used of budgets lies in a store.
 */
@NullMarked
package io.alluvium.streams.route.rule;

import org.jspecify.annotations.NullMarked;
