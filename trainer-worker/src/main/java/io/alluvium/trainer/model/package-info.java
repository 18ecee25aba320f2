/**
 * A base model's folder, as others made it, read file by file.
 *
 * <p>The rooms below, in their order: tensors and safetensors files, the checks of JSON fields,
 * rotary positions, what architectures are made of, config.json, the tokenizer's files, the folder
 * as a whole, chat templates, texts as tokens. Enters: a directory. Leaves: values, or a line that
 * names file, field and remedy. Any thread.
 */
@NullMarked
package io.alluvium.trainer.model;

import org.jspecify.annotations.NullMarked;
