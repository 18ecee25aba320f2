/**
 * Text and tokens.
 *
 * <p>Enters: prompts and completions. Leaves: token ids with the place where the supervised
 * response begins, and text again. Encoding is safe from any thread.
 */
@NullMarked
package io.alluvium.trainer.model.text;

import org.jspecify.annotations.NullMarked;
