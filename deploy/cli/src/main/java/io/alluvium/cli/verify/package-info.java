/**
 * {@code alluvium verify}: reads the topics as anybody can and counts what must be zero.
 *
 * <p>Enters: every record that was committed, the trainer group's offsets, folders of adapters.
 * Leaves: sums and a line for each breach. Keeps no state, moves nobody's offsets. Runs on the
 * calling thread.
 */
@NullMarked
package io.alluvium.cli.verify;

import org.jspecify.annotations.NullMarked;
