/**
 * What config.json says, as the shape of a decoder.
 *
 * <p>Enters: a folder with a config.json. Leaves: a {@link
 * io.alluvium.trainer.base.folder.config.DecoderConfig}, or a {@link
 * io.alluvium.trainer.base.folder.check.BadModelFolderException} that names the field. Any thread.
 */
@NullMarked
package io.alluvium.trainer.base.folder.config;

import org.jspecify.annotations.NullMarked;
