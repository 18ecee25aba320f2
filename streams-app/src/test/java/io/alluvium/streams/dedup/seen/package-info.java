/** Tests of what was let through within the window, on stores in memory. */
@NullMarked
package io.alluvium.streams.dedup.seen;

import org.jspecify.annotations.NullMarked;
