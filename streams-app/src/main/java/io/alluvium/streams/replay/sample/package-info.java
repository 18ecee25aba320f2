/**
 * Which records are old ones, and which examples stay to be replayed.
 *
 * <p>Enters: numbers, ranks and questions. Leaves: shares that are exact among any thousand
 * records, and a weighted sample without replacement. Pure: randomness is a hash of seed and
 * content.
 *
 * <p><b>Shares are exact</b> because a record's number alone says whether it is an old one (a line
 * drawn on a raster); where nothing is kept yet the place goes to a fresh one and is not made up
 * for. A replay rides before a fresh example: without fresh ones nothing is replayed.
 *
 * <p><b>The reservoir</b> is Efraimidis' and Spirakis' weighted sample with keys from a seed and
 * the example's id, so a restart keeps the same examples; importance is the weight. Noise (OUTLIER)
 * is not kept. An example that reached its cap leaves and the next comer takes its place, so with a
 * small reservoir and a large share what is replayed is recent. What an old base scored is kept
 * apart and no longer replayed.
 */
@NullMarked
package io.alluvium.streams.replay.sample;

import org.jspecify.annotations.NullMarked;
