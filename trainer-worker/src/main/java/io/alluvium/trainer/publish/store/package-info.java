/**
 * Artifacts on a file system.
 *
 * <p>Enters: staged folders. Leaves: folders named by their content, and their removal once nobody
 * can name them any more. Any thread, one at a time.
 */
@NullMarked
package io.alluvium.trainer.publish.store;

import org.jspecify.annotations.NullMarked;
