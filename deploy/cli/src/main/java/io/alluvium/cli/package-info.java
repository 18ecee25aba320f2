/**
 * The command line {@code alluvium}: {@link io.alluvium.cli.Alluvium} puts the commands together,
 * each of which lives in the room of its subject.
 *
 * <p>Enters: arguments. Leaves: results on standard output, messages on standard error, an exit
 * code. Everything runs on the main thread unless a room says otherwise.
 */
@NullMarked
package io.alluvium.cli;

import org.jspecify.annotations.NullMarked;
