/** Tests of near-duplicates, pure. */
@NullMarked
package io.alluvium.streams.dedup.near;

import org.jspecify.annotations.NullMarked;
