/** Tests of normal text and fingerprints, pure. */
@NullMarked
package io.alluvium.streams.dedup;

import org.jspecify.annotations.NullMarked;
