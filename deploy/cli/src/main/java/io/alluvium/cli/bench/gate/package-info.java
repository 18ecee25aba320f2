/**
 * How often the bound of the gate lets gains through.
 *
 * <p>Enters: a seed, files of records. Leaves: shares by the number of held-out examples. Gains of
 * real candidates come from a child process that has the base; one thread asks it.
 */
@NullMarked
package io.alluvium.cli.bench.gate;

import org.jspecify.annotations.NullMarked;
