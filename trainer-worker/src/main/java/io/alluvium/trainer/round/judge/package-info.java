/**
 * Who judges a candidate, and what they find. Enters: a candidate, held-out records old and new.
 * Leaves: what the gate decides by; tensor thread.
 */
@NullMarked
package io.alluvium.trainer.round.judge;

import org.jspecify.annotations.NullMarked;
