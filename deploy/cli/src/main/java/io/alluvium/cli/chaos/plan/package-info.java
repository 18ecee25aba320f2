/**
 * What is to go wrong, and when.
 *
 * <p>Enters: minutes and a seed. Leaves: faults in order, the same ones for the same seed. All
 * pure.
 */
@NullMarked
package io.alluvium.cli.chaos.plan;

import org.jspecify.annotations.NullMarked;
