/**
 * How adapters are made and trained. Enters: values of a configuration. Leaves: records that have
 * checked themselves. Pure; any thread.
 */
@NullMarked
package io.alluvium.trainer.finetune.config;

import org.jspecify.annotations.NullMarked;
