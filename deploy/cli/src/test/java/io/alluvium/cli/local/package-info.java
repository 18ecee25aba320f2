/** {@code up}, {@code status} and {@code down} with real processes. */
@NullMarked
package io.alluvium.cli.local;

import org.jspecify.annotations.NullMarked;
