/** Tests of forgetting on order. */
@NullMarked
package io.alluvium.streams.replay.erase;

import org.jspecify.annotations.NullMarked;
