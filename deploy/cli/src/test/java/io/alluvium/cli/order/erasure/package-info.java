/** Tests of erasing. */
@NullMarked
package io.alluvium.cli.order.erasure;

import org.jspecify.annotations.NullMarked;
