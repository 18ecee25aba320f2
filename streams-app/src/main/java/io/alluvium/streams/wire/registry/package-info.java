/**
 * The schema registry as the application stands to it: waited for, and asked no more than is
 * needed.
 *
 * <p>Enters: the registry's settings, questions. Leaves: answers; or, when patience ends, an
 * exception that stops the application with nothing lost. Any thread.
 */
@NullMarked
package io.alluvium.streams.wire.registry;

import org.jspecify.annotations.NullMarked;
