/** Tests of normal text and fingerprints, pure. */
@NullMarked
package io.alluvium.streams.dedup.exact;

import org.jspecify.annotations.NullMarked;
