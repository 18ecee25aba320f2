/**
 * What must hold of version events alone, and between them, adapters' states and the group's
 * offsets.
 *
 * <p>Enters: events in the order of the log, states, commits. Leaves: breaches, and each adapter's
 * windows. Pure; one thread at a time.
 */
@NullMarked
package io.alluvium.cli.verify.chain;

import org.jspecify.annotations.NullMarked;
