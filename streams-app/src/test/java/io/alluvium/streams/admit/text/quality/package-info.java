/** Tests of the quality of answers. */
@NullMarked
package io.alluvium.streams.admit.text.quality;

import org.jspecify.annotations.NullMarked;
