/**
 * Whether a result is for a person or for a program.
 *
 * <p>Enters: an option. Leaves: text, or JSON lines. Used from the main thread.
 */
@NullMarked
package io.alluvium.cli.terminal.format;

import org.jspecify.annotations.NullMarked;
