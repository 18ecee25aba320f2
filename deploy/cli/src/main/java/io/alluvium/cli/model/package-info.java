/**
 * The base model and its adapters in this process: measuring and generating, without any topic.
 *
 * <p>Enters: folders and texts. Leaves: losses, exact matches, text. Tensor work runs on the
 * calling thread, which must be the only one to use a {@link io.alluvium.cli.model.Model}.
 */
@NullMarked
package io.alluvium.cli.model;

import org.jspecify.annotations.NullMarked;
