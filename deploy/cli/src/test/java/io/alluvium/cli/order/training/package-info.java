/** Tests of the order commands. */
@NullMarked
package io.alluvium.cli.order.training;

import org.jspecify.annotations.NullMarked;
