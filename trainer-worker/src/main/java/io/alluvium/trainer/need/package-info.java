/**
 * What training on a base takes of a machine, before anything is opened. Enters: the folder's
 * config.json and headers of its weights, and the settings. Leaves: bytes. Any thread; nothing is
 * run.
 */
@NullMarked
package io.alluvium.trainer.need;

import org.jspecify.annotations.NullMarked;
