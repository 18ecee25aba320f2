/** Tests of what is held and what orders mean, pure. */
@NullMarked
package io.alluvium.streams.hold;

import org.jspecify.annotations.NullMarked;
