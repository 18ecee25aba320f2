/** Tests of languages. */
@NullMarked
package io.alluvium.streams.admit.text.language;

import org.jspecify.annotations.NullMarked;
