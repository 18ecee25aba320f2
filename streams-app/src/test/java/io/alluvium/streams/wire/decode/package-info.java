/** Tests of what bytes may claim. */
@NullMarked
package io.alluvium.streams.wire.decode;

import org.jspecify.annotations.NullMarked;
