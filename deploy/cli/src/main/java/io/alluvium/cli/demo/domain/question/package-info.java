/**
 * Questions of the invented product, and the rule that answers them.
 *
 * <p>Enters: a source of randomness. Leaves: prompts and completions. Pure; safe for any thread.
 */
@NullMarked
package io.alluvium.cli.demo.domain.question;

import org.jspecify.annotations.NullMarked;
