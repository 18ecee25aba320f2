/**
 * The supervisor: a small process of its own that starts again what died.
 *
 * <p>Enters: a data directory and limits. Leaves: processes that run again, and how often and why
 * in {@code DATA/supervisor/restarts.json}. It never stops anything, and starts nothing that is not
 * noted down as running; whoever wants a process to stay down forgets it in {@code stack.json}.
 */
@NullMarked
package io.alluvium.stack.keep;

import org.jspecify.annotations.NullMarked;
