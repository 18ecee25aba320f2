/**
 * The tiny base on disk, but for its weights: vocabulary, tokenizer, configuration, retention
 * suites and model card. Values enter, files leave; any thread.
 */
@NullMarked
package io.alluvium.trainer.pretrain.folder;

import org.jspecify.annotations.NullMarked;
