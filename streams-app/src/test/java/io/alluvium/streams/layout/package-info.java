/** Tests of layouts. */
@NullMarked
package io.alluvium.streams.layout;

import org.jspecify.annotations.NullMarked;
