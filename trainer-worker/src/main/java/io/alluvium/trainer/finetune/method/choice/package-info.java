/**
 * Which methods a configuration names. Enters: names with amounts. Leaves: methods that go
 * together. Pure.
 */
@NullMarked
package io.alluvium.trainer.finetune.method.choice;

import org.jspecify.annotations.NullMarked;
