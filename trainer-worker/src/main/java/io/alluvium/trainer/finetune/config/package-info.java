/**
 * How adapters are made and trained. Enters: values of a configuration. Leaves: records that have
 * checked themselves. Pure; any thread.
 *
 * <p>More than five classes: one record for each section of the configuration, and the one way in
 * which they refuse.
 */
@NullMarked
package io.alluvium.trainer.finetune.config;

import org.jspecify.annotations.NullMarked;
