/** Tests of the rules of admission, pure. */
@NullMarked
package io.alluvium.streams.admit;

import org.jspecify.annotations.NullMarked;
