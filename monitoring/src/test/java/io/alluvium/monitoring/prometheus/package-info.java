/**
 * Debian's Prometheus as tests use it: promtool as a judge of rules and queries, the server as a
 * child process.
 *
 * <p>Enters: files and expressions. Leaves: their output, or a skip with a line that says what to
 * install. One thread at a time.
 */
@NullMarked
package io.alluvium.monitoring.prometheus;

import org.jspecify.annotations.NullMarked;
