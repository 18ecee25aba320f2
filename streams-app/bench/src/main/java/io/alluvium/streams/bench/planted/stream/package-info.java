/**
 * Streams in which it is known what is what. Enters: a seed and a number of records. Leaves: the
 * records in order, each with what was planted in it, and the suite that some of them leak. Pure.
 */
@NullMarked
package io.alluvium.streams.bench.planted.stream;

import org.jspecify.annotations.NullMarked;
