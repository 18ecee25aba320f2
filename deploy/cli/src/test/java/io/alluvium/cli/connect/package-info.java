/** Tests of how a command finds its cluster. */
@NullMarked
package io.alluvium.cli.connect;

import org.jspecify.annotations.NullMarked;
