/**
 * Keeps the processes of one data directory: starts what is missing, takes over what still runs,
 * ends what must end.
 *
 * <p>Enters: a {@link io.alluvium.stack.supervise.Service}. Leaves: a process that answers, or a
 * one-line reason. Callers hold {@link io.alluvium.stack.state.DirectoryLock} wherever a process is
 * started or forgotten.
 */
@NullMarked
package io.alluvium.stack.supervise;

import org.jspecify.annotations.NullMarked;
