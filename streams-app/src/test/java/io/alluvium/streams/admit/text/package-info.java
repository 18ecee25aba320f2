/** Tests of the room admit.text, pure. */
@NullMarked
package io.alluvium.streams.admit.text;

import org.jspecify.annotations.NullMarked;
