/**
 * Temperature, weight policies, and the guard against a few that count for all.
 *
 * <p>Enters: losses and weights of an epoch. Leaves: the next temperature and exponent. Pure;
 * values never change.
 */
@NullMarked
package io.alluvium.streams.weigh.rule;

import org.jspecify.annotations.NullMarked;
