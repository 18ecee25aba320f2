/** Tests of what is shown. */
@NullMarked
package io.alluvium.streams.watch;

import org.jspecify.annotations.NullMarked;
