/** Tests of the room suite. */
@NullMarked
package io.alluvium.cli.suite;

import org.jspecify.annotations.NullMarked;
