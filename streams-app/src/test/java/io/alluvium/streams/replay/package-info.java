/** Tests of shares and reservoirs, pure. */
@NullMarked
package io.alluvium.streams.replay;

import org.jspecify.annotations.NullMarked;
