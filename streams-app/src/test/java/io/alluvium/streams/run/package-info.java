/** Tests of settings. */
@NullMarked
package io.alluvium.streams.run;

import org.jspecify.annotations.NullMarked;
