/**
 * Starting and stopping everything on this machine: broker, registry, streams-app and both worker
 * roles, as processes that outlive the command.
 *
 * <p>Enters: options. Leaves: running processes over one data directory, or none. Runs on the
 * calling thread.
 */
@NullMarked
package io.alluvium.cli.local;

import org.jspecify.annotations.NullMarked;
