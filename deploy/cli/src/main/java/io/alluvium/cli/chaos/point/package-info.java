/**
 * Moments of the trainer that are seen from outside: no test hook in the product is needed.
 *
 * <p>Enters: the store's folder, the topic of versions before anything is committed, states of
 * transactions. Leaves: a sign at which somebody kills, and what had been reached by then. Runs on
 * the caller's thread.
 */
@NullMarked
package io.alluvium.cli.chaos.point;

import org.jspecify.annotations.NullMarked;
