/** Surprise of words: hashed n-grams and their decayed counts. Pure, for one thread at a time. */
@NullMarked
package io.alluvium.streams.novelty.text;

import org.jspecify.annotations.NullMarked;
