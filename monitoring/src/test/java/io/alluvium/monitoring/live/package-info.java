/**
 * The whole system with a Prometheus that scrapes it.
 *
 * <p>Enters: the programs as built, a base, made-up examples. Leaves: answers to the queries of
 * dashboard and rules. The test's thread drives everything; one more produces examples.
 */
@NullMarked
package io.alluvium.monitoring.live;

import org.jspecify.annotations.NullMarked;
