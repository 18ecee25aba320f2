/**
 * What config.json says, as the shape of a decoder.
 *
 * <p>Enters: a folder with a config.json. Leaves: a {@link
 * io.alluvium.trainer.model.config.DecoderConfig}, or a {@link
 * io.alluvium.trainer.model.check.BadModelFolderException} that names the field. Any thread.
 */
@NullMarked
package io.alluvium.trainer.model.config;

import org.jspecify.annotations.NullMarked;
