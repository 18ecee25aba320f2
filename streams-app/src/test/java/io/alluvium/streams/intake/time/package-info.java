/** Tests of time, pure. */
@NullMarked
package io.alluvium.streams.intake.time;

import org.jspecify.annotations.NullMarked;
