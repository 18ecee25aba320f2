/** Tests of selection, pure. */
@NullMarked
package io.alluvium.streams.route.select;

import org.jspecify.annotations.NullMarked;
