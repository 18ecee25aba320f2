/** Tests of the room admit.suite, pure. */
@NullMarked
package io.alluvium.streams.admit.suite;

import org.jspecify.annotations.NullMarked;
