/**
 * The two servers of the local stack, broker and schema registry, and how an application is found.
 *
 * <p>Enters: the project's folder, a data directory, ports. Leaves: {@link
 * io.alluvium.stack.supervise.Service}s ready to be started. Everything listens on the loopback
 * address only. Safe for any thread.
 */
@NullMarked
package io.alluvium.stack.service;

import org.jspecify.annotations.NullMarked;
