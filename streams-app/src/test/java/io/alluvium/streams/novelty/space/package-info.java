/** Tests of distances, pure. */
@NullMarked
package io.alluvium.streams.novelty.space;

import org.jspecify.annotations.NullMarked;
