/**
 * The JSON files of a model folder, field by field: what is honoured, refused, or without meaning.
 *
 * <p>Enters: parsed files. Leaves: typed values, or a {@link
 * io.alluvium.trainer.model.check.BadModelFolderException} that names file, field and remedy. Any
 * thread.
 */
@NullMarked
package io.alluvium.trainer.model.check;

import org.jspecify.annotations.NullMarked;
