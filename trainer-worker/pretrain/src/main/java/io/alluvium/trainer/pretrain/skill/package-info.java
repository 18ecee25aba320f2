/**
 * What a checkable skill is, and sums as the plainest of them. Pure: randomness enters as an
 * argument, records leave; any thread.
 */
@NullMarked
package io.alluvium.trainer.pretrain.skill;

import org.jspecify.annotations.NullMarked;
