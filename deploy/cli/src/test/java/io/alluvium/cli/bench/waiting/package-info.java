/** Tests of what is measured about waiting records. */
@NullMarked
package io.alluvium.cli.bench.waiting;

import org.jspecify.annotations.NullMarked;
