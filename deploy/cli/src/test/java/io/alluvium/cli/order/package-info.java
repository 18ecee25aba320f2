/** Tests of the order commands. */
@NullMarked
package io.alluvium.cli.order;

import org.jspecify.annotations.NullMarked;
