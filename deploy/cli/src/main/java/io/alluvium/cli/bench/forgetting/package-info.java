/**
 * {@code alluvium bench forgetting}: arms against each other on domains that are learned one after
 * the other.
 *
 * <p>Enters: arms, seeds, sizes. Leaves: files of drawn domains, one process for each arm and seed,
 * a table. What was measured is kept and not measured again. Main thread.
 */
@NullMarked
package io.alluvium.cli.bench.forgetting;

import org.jspecify.annotations.NullMarked;
