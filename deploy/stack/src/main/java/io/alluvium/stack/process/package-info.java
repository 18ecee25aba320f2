/**
 * Processes of ours, told apart from strangers that got the same number.
 *
 * <p>Enters: a process number. Leaves: a {@link io.alluvium.stack.process.ChildProcess} that can be
 * looked at, paused and ended. Safe for any thread.
 */
@NullMarked
package io.alluvium.stack.process;

import org.jspecify.annotations.NullMarked;
