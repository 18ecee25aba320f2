/**
 * Starts Java programs as processes that may outlive this one.
 *
 * <p>Enters: a {@link io.alluvium.stack.launch.JavaProgram}. Leaves: a {@link
 * io.alluvium.stack.process.ChildProcess} that runs in a folder of its own, where its argument file
 * lies, and writes a log. Safe for any thread, one at a time for each name.
 */
@NullMarked
package io.alluvium.stack.launch;

import org.jspecify.annotations.NullMarked;
