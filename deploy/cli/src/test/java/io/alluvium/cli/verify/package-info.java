/** {@code verify}: each rule broken alone, and a real stack. */
@NullMarked
package io.alluvium.cli.verify;

import org.jspecify.annotations.NullMarked;
