/**
 * Jinja's source as tokens. Enters: text. Leaves: tokens, or a syntax error with its line. Pure;
 * any thread.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.token;

import org.jspecify.annotations.NullMarked;
