/**
 * What an adapter learned earlier: a suite that grows by itself out of held-out records, and the
 * best that its versions had on suites of old skills.
 *
 * <p>Enters: where held-out records of earlier windows stand, and what versions made of them and of
 * suites. Leaves: what the gate holds a candidate against, and the files that travel with a
 * release. No text is kept, only places in the log: what is erased there is gone here. Pure; any
 * thread.
 */
@NullMarked
package io.alluvium.trainer.round.past;

import org.jspecify.annotations.NullMarked;
