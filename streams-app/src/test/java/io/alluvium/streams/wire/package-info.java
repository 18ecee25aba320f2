/** Tests of decoding. */
@NullMarked
package io.alluvium.streams.wire;

import org.jspecify.annotations.NullMarked;
