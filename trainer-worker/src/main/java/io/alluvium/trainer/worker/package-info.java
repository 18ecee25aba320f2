/**
 * What both roles are built from: connections, threads, the check at the start. Enters: a
 * configuration. Leaves: what a role needs to begin, or the one line that says why it cannot.
 */
@NullMarked
package io.alluvium.trainer.worker;

import org.jspecify.annotations.NullMarked;
