/**
 * Jinja's syntax: source to tokens, tokens to statements, statements to what each scope knows.
 *
 * <p>Enters: a template's source. Leaves: a {@link
 * io.alluvium.trainer.model.chat.jinja.parse.Program} or a {@link
 * io.alluvium.trainer.model.chat.jinja.token.SyntaxError}. Pure; any thread.
 */
@NullMarked
package io.alluvium.trainer.model.chat.jinja.parse;

import org.jspecify.annotations.NullMarked;
