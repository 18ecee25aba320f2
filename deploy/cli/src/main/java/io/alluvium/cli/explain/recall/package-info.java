/**
 * Events and records read again by their offsets.
 *
 * <p>Enters: offsets. Leaves: what the log still has there. Uses the trainer's own readers; one
 * thread.
 */
@NullMarked
package io.alluvium.cli.explain.recall;

import org.jspecify.annotations.NullMarked;
