/** Tests of journals over a store. */
@NullMarked
package io.alluvium.streams.journal;

import org.jspecify.annotations.NullMarked;
