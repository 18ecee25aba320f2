/**
 * What protects a round from single records. Enters: losses of steps, and a way to measure a group
 * of records. Leaves: the loss above which a step is not taken, and the records to blame. Pure; any
 * thread.
 */
@NullMarked
package io.alluvium.trainer.finetune.guard;

import org.jspecify.annotations.NullMarked;
