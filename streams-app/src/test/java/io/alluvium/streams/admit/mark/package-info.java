/** Tests of the room admit.mark, pure. */
@NullMarked
package io.alluvium.streams.admit.mark;

import org.jspecify.annotations.NullMarked;
