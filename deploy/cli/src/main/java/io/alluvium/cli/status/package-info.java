/**
 * How the system stands: processes, work that waits, current versions.
 *
 * <p>Enters: the data directory and the topics. Leaves: text or one JSON object. Moves nobody's
 * offsets. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.status;

import org.jspecify.annotations.NullMarked;
