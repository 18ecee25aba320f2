/**
 * {@code alluvium bench forgetting}: arms against each other on domains that are learned one after
 * the other.
 *
 * <p>Enters: arms, seeds, sizes. Leaves: files of domains, one process for each arm, seed and order
 * of domains, tables and charts. What was measured is kept and not measured again. Main thread.
 */
@NullMarked
package io.alluvium.cli.bench.forgetting;

import org.jspecify.annotations.NullMarked;
