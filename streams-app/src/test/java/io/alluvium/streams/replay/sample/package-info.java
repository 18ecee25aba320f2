/** Tests of shares and reservoirs, pure. */
@NullMarked
package io.alluvium.streams.replay.sample;

import org.jspecify.annotations.NullMarked;
