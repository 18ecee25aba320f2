/**
 * Being watched: every number of the worker and the endpoint that serves them.
 *
 * <p>Enters: counts and times from the roles. Leaves: /metrics in Prometheus' text form and
 * /health, on loopback. Rooms do not import this one; only the roles do. Any thread.
 */
@NullMarked
package io.alluvium.trainer.watch;

import org.jspecify.annotations.NullMarked;
