/**
 * Which records are old ones, and which examples stay to be replayed.
 *
 * <p>Enters: numbers, ranks and questions. Leaves: shares that are exact among any thousand
 * records, and a weighted sample without replacement. Pure: randomness is a hash of seed and
 * content.
 */
@NullMarked
package io.alluvium.streams.replay.sample;

import org.jspecify.annotations.NullMarked;
