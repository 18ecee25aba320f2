/** Tests of p-values and drift, pure. */
@NullMarked
package io.alluvium.streams.novelty.change;

import org.jspecify.annotations.NullMarked;
