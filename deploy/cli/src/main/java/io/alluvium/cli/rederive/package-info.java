/**
 * {@code alluvium rederive}: a version made again from its event, and held against what was
 * published.
 *
 * <p>Enters: a version's event and those before it, the trainer's configuration, the store. Leaves:
 * identical, different by so much, or why it cannot be told. Publishes nothing. Runs on the calling
 * thread and the model's own.
 */
@NullMarked
package io.alluvium.cli.rederive;

import org.jspecify.annotations.NullMarked;
