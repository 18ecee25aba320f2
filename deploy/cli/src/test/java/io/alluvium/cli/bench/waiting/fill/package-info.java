/** Tests of records made from a stencil, pure. */
@NullMarked
package io.alluvium.cli.bench.waiting.fill;

import org.jspecify.annotations.NullMarked;
