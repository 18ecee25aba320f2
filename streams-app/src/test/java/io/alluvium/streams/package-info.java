/** Tests of the application as a whole. */
@NullMarked
package io.alluvium.streams;

import org.jspecify.annotations.NullMarked;
