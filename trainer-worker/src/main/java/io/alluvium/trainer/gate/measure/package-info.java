/**
 * What the gate judges by. Enters: a candidate, suites, held-out items. Leaves: losses and exact
 * matches of candidate, champion and base; measured on the tensor thread. The texts of suites leave
 * too, for who keeps them out of the stream.
 *
 * <p>More than five classes: a suite is its questions, their tokens, their texts and their file.
 */
@NullMarked
package io.alluvium.trainer.gate.measure;

import org.jspecify.annotations.NullMarked;
