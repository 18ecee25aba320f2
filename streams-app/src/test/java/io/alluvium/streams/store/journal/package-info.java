/** Tests of journals. */
@NullMarked
package io.alluvium.streams.store.journal;

import org.jspecify.annotations.NullMarked;
