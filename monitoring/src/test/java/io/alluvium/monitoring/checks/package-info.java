/**
 * The checks themselves: structure of the dashboard, rules and their tests, runbooks, metric names.
 *
 * <p>Enters: the files of this folder. Leaves: verdicts. Any thread.
 */
@NullMarked
package io.alluvium.monitoring.checks;

import org.jspecify.annotations.NullMarked;
