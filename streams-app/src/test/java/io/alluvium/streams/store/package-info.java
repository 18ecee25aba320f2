/** Tests of shared memory. */
@NullMarked
package io.alluvium.streams.store;

import org.jspecify.annotations.NullMarked;
