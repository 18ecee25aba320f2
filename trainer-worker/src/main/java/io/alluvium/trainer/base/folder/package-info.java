/**
 * A base model as a Hugging Face folder.
 *
 * <p>Enters: a directory. Leaves: a checked configuration, the place of every weight, a digest; or
 * a {@link io.alluvium.trainer.base.folder.BadModelFolderException} whose one line names file,
 * field and remedy. Any thread.
 */
@NullMarked
package io.alluvium.trainer.base.folder;

import org.jspecify.annotations.NullMarked;
