/** Tests of what is kept, pure. */
@NullMarked
package io.alluvium.streams.replay.track;

import org.jspecify.annotations.NullMarked;
