/**
 * Many adapters with very different rates on shared partitions.
 *
 * <p>Enters: rates, a base and what is to go wrong. Leaves: where every record is, how fresh each
 * adapter is, and what {@code verify} counts. Starts a stack of its own; sends on a thread of its
 * own, disturbs on another, reads on the caller's.
 */
@NullMarked
package io.alluvium.cli.bench.tenants;

import org.jspecify.annotations.NullMarked;
