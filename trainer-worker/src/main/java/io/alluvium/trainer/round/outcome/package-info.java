/** What a round is asked and what it ends in. Values only. */
@NullMarked
package io.alluvium.trainer.round.outcome;

import org.jspecify.annotations.NullMarked;
