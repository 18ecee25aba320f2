/** Tests of lexical surprise, pure. */
@NullMarked
package io.alluvium.streams.novelty.text;

import org.jspecify.annotations.NullMarked;
