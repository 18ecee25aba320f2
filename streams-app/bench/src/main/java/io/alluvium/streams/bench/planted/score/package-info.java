/**
 * What a base and its adapters say of planted examples: asked of a real base, or modelled after
 * what a real one said. Enters: examples, and what was weighed of them. Leaves: losses and
 * embeddings.
 */
@NullMarked
package io.alluvium.streams.bench.planted.score;

import org.jspecify.annotations.NullMarked;
