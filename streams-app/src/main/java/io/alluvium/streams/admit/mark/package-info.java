/**
 * Marks that mean something to a machine and not to a reader: special tokens of the base, and
 * placeholders of templates that nobody filled in.
 *
 * <p>Enters: texts of examples. Leaves: what was found, or the text with masks in its place. Pure;
 * any thread. No regular expressions; time grows with the length of a text and no faster.
 *
 * <p><b>Special tokens in texts.</b> Whoever may write an example may write {@code <|im_end|>}, and
 * the trainer's tokenizer takes it for the end of the turn. What is one depends on the base: {@code
 * </s>} is HTML for one and the end of the text for another, {@code <|endoftext|>} is a question's
 * subject where no such token exists. So {@code up} and {@code demo} read the base's {@code
 * tokenizer.json}: added tokens that are special, those written {@code <|…|>}, and those that
 * {@code tokenizer_config.json}, {@code config.json} or {@code generation_config.json} name as the
 * end. {@code <think>} and {@code <tool_call>} are text where they are not special. Elsewhere set
 * {@code admit.specialTokens.tokens} to what {@code jq '[.added_tokens[] | select(.special) |
 * .content]' tokenizer.json} prints; without a list the marks of Llama 3, Qwen, GPT-2 and Gemma
 * hold. Refused rather than masked, because a masked answer teaches the mask.
 *
 * <p><b>Remnants</b>: a placeholder with a name in it, in an example of which no text speaks of
 * templates or code, by a word (template, variable, Jinja, YAML, 模板 …) or by what only code has
 * (backquotes, tags, equals signs, calls, line ends in {@code ;} or <code>&#123;</code>). Doubled
 * braces alone say nothing: JSON, Java, Go, Rust and LaTeX are full of them.
 */
@NullMarked
package io.alluvium.streams.admit.mark;

import org.jspecify.annotations.NullMarked;
