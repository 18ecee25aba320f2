/** Tests of rehearsals. */
@NullMarked
package io.alluvium.streams.rehearse;

import org.jspecify.annotations.NullMarked;
