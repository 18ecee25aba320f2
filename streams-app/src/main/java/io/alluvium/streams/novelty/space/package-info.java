/** Distance among embeddings: a small vector and its prototypes. Pure, for one thread at a time. */
@NullMarked
package io.alluvium.streams.novelty.space;

import org.jspecify.annotations.NullMarked;
