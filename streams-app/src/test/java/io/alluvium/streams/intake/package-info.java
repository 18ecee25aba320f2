/** Tests of what is read before its content is looked at. */
@NullMarked
package io.alluvium.streams.intake;

import org.jspecify.annotations.NullMarked;
