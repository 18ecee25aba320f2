/**
 * The local stack: broker, schema registry and the project's own programs as child processes over
 * one data directory.
 *
 * <p>Enters: a {@link io.alluvium.stack.StackConfig}. Leaves: a running {@link
 * io.alluvium.stack.LocalStack}, which a later program finds again by its directory. Safe for any
 * thread; programs that start or stop in the same directory wait for each other.
 */
@NullMarked
package io.alluvium.stack;

import org.jspecify.annotations.NullMarked;
