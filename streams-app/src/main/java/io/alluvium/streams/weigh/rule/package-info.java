/**
 * Temperature, weight policies, and the guard against a few that count for all.
 *
 * <p>Enters: losses and weights of an epoch. Leaves: the next temperature and exponent. Pure;
 * values never change.
 *
 * <p><b>The guard against few heavy examples</b> raises the policy's weights to 1/2, 1/4, 1/8 of
 * the power, epoch by epoch, until the effective share is back; the power stands in {@code
 * policyVersion} ({@code flow/1^0.5}; {@code flow/1 support@3} where a policy is in force).
 * Importance is the user's and is not drawn together.
 *
 * <p><b>The KLL sketch is made reproducible.</b> It tosses a coin at each compaction, from one
 * unseeded generator per process that has no API. Losses of the running epoch are kept exactly;
 * when the epoch ends they enter the sketch in one go under a lock, with the generator seeded (by
 * reflection) from the number of losses so far. A version of the library that keeps its generator
 * elsewhere fails at start and in the tests. Rank error 0.7 % (k = 400), about 9 kB per base and
 * adapter; checked against the exact median.
 */
@NullMarked
package io.alluvium.streams.weigh.rule;

import org.jspecify.annotations.NullMarked;
