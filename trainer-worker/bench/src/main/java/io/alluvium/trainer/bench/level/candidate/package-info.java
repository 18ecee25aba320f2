/**
 * Candidates that are no better, made for real: trained from shuffled answers or with a step of
 * length zero, and judged by the gate of production. Enters: an order and records. Leaves: how many
 * were released.
 *
 * <p>More than five classes: order, program and result of a process of its own, and what is counted
 * in it.
 */
@NullMarked
package io.alluvium.trainer.bench.level.candidate;

import org.jspecify.annotations.NullMarked;
