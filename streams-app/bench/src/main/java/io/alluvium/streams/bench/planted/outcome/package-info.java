/**
 * What became of a planted record, and the rows that are told of it.
 *
 * <p>Enters: what was planted and what the application wrote. Leaves: values that print themselves.
 * Pure.
 */
@NullMarked
package io.alluvium.streams.bench.planted.outcome;

import org.jspecify.annotations.NullMarked;
