/**
 * Two domains learned one after the other by one adapter: what of the first is left.
 *
 * <p>Enters: a base and two files of examples. Leaves: counts of rounds and losses on examples that
 * were never sent. Starts a stack of its own; {@code Material} and {@code Settling} are pure. One
 * thread.
 */
@NullMarked
package io.alluvium.cli.bench.domains;

import org.jspecify.annotations.NullMarked;
