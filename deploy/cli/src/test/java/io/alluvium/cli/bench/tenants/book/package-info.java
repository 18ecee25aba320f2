/** Tests of rates, of moments and of what is counted, pure. */
@NullMarked
package io.alluvium.cli.bench.tenants.book;

import org.jspecify.annotations.NullMarked;
