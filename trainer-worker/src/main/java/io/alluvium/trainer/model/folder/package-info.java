/**
 * A base model as a Hugging Face folder.
 *
 * <p>Enters: a directory. Leaves: the place of every weight, a digest, the chat template's source;
 * or a {@link io.alluvium.trainer.model.check.BadModelFolderException} whose one line names file,
 * field and remedy. Any thread.
 */
@NullMarked
package io.alluvium.trainer.model.folder;

import org.jspecify.annotations.NullMarked;
