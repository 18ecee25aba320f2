/**
 * Everything goes wrong at once, on a stack of its own, while records flow.
 *
 * <p>Enters: minutes, a seed. Leaves: what was done, how soon each process worked again, and what
 * must be zero. Feeds on one thread, harms on another, looks on a third, reads on the caller's.
 * Kills by process number, and only what its own stack started.
 */
@NullMarked
package io.alluvium.cli.chaos;

import org.jspecify.annotations.NullMarked;
