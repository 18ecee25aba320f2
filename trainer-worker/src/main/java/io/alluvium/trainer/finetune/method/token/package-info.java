/**
 * What is learned of single tokens: factors of their cross entropy, and what is added to it. Text
 * for the training program; pure.
 */
@NullMarked
package io.alluvium.trainer.finetune.method.token;

import org.jspecify.annotations.NullMarked;
