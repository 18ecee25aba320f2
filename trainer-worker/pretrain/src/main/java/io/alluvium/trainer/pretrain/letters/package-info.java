/**
 * Skills made of letters and invented words: ordering, repeating, polite replies. Pure: randomness
 * enters as an argument, records leave; any thread.
 */
@NullMarked
package io.alluvium.trainer.pretrain.letters;

import org.jspecify.annotations.NullMarked;
