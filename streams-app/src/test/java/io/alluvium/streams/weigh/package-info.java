/** Tests of weights and temperatures, pure. */
@NullMarked
package io.alluvium.streams.weigh;

import org.jspecify.annotations.NullMarked;
