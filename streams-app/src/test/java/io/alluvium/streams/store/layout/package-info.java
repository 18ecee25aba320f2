/** Tests of layouts, pure. */
@NullMarked
package io.alluvium.streams.store.layout;

import org.jspecify.annotations.NullMarked;
