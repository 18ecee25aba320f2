/**
 * What a command says and how it ends: exit codes, standard output and error, JSON lines, progress.
 *
 * <p>Enters: text, values and counts from the commands. Leaves: lines on the two streams, and the
 * exit code. Used from the main thread.
 */
@NullMarked
package io.alluvium.cli.terminal;

import org.jspecify.annotations.NullMarked;
