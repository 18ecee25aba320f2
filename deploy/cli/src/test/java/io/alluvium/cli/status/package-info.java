/** Tests of how the system is said to stand. */
@NullMarked
package io.alluvium.cli.status;

import org.jspecify.annotations.NullMarked;
