/**
 * The invented world and the questions about it. Pure: randomness enters as an argument, records
 * leave; any thread.
 */
@NullMarked
package io.alluvium.trainer.pretrain.world;

import org.jspecify.annotations.NullMarked;
