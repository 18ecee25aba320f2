/** Tests of lag. */
@NullMarked
package io.alluvium.streams.watch.lag;

import org.jspecify.annotations.NullMarked;
