/**
 * What can be seen from outside: meters, and the loopback endpoint that serves them.
 *
 * <p>Enters: counts and values from every room. Leaves: Prometheus text on /metrics, readiness on
 * /health. Meters are safe for any thread; requests are answered by one of their own.
 *
 * <p><b>Exactly once shows in the topics, not in the counters</b>: a transaction that is aborted
 * counts its records again.
 */
@NullMarked
package io.alluvium.streams.watch;

import org.jspecify.annotations.NullMarked;
