/**
 * The adapters that examples are scored with.
 *
 * <p>Enters: states of adapters, folders of artifacts. Leaves: the weights served now, or that they
 * cannot be read. Adapters are followed on the polling thread, weights are loaded on the tensor
 * thread.
 */
@NullMarked
package io.alluvium.trainer.score.adapter;

import org.jspecify.annotations.NullMarked;
