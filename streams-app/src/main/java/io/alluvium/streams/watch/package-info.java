/**
 * What can be seen from outside: meters, lag age, and the loopback endpoint that serves them.
 *
 * <p>Enters: counts and values from every room, offsets from the broker. Leaves: Prometheus text on
 * /metrics, readiness on /health. Meters are safe for any thread; lag age is read by one thread of
 * its own, requests are answered by another.
 */
@NullMarked
package io.alluvium.streams.watch;

import org.jspecify.annotations.NullMarked;
