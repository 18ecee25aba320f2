/**
 * What an adapter learned earlier: a suite that grows by itself out of held-out records.
 *
 * <p>Enters: where held-out records of earlier windows stand, and what versions made of them.
 * Leaves: groups of losses that the gate holds a candidate against, and the file that travels with
 * a release. No text is kept, only places in the log: what is erased there is gone here. Pure; any
 * thread.
 */
@NullMarked
package io.alluvium.trainer.round.past;

import org.jspecify.annotations.NullMarked;
