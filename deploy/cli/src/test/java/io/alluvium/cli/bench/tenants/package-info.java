/** Tests of rates, of moments and of what is counted, pure. */
@NullMarked
package io.alluvium.cli.bench.tenants;

import org.jspecify.annotations.NullMarked;
