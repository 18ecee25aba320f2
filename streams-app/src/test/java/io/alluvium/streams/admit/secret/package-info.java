/** Tests of the room admit.secret, pure. */
@NullMarked
package io.alluvium.streams.admit.secret;

import org.jspecify.annotations.NullMarked;
