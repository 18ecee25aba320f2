/**
 * Asks a published version.
 *
 * <p>Enters: a prompt, an adapter or folders. Leaves: the answer. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.model.ask;

import org.jspecify.annotations.NullMarked;
