/**
 * Words, and questions that a base can learn to answer.
 *
 * <p>Enters: a seeded source of randomness. Leaves: tasks of known skills, right or wrong. Pure.
 */
@NullMarked
package io.alluvium.streams.bench.planted.task;

import org.jspecify.annotations.NullMarked;
