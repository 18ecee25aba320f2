/**
 * Training a tiny base from nothing, for a machine without a model hub.
 *
 * <p>Enters: a folder, steps, a seed. Leaves: a base folder with its suites. Tensor work on the
 * calling thread.
 */
@NullMarked
package io.alluvium.cli.pretrain;

import org.jspecify.annotations.NullMarked;
