/** Tests of what is counted and shown of two domains, pure. */
@NullMarked
package io.alluvium.cli.bench.domains;

import org.jspecify.annotations.NullMarked;
