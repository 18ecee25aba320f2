/**
 * Whose records are taken next, where one key may have a hundred thousand and another one a single
 * one behind them.
 *
 * <p>Enters: where records stand, in offset order. Leaves: choices that every key has its share of,
 * and marks from which a restart goes on though records were not taken in their order. Pure.
 */
@NullMarked
package io.alluvium.trainer.claim.turn;

import org.jspecify.annotations.NullMarked;
