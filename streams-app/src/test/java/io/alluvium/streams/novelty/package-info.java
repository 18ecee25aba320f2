/** Tests of novelty, pure. */
@NullMarked
package io.alluvium.streams.novelty;

import org.jspecify.annotations.NullMarked;
