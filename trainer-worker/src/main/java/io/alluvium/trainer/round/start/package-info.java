/**
 * What training goes on from. Enters: the adapter's line in the log. Leaves: parent, served version
 * and own past, from the store; tensor thread.
 */
@NullMarked
package io.alluvium.trainer.round.start;

import org.jspecify.annotations.NullMarked;
