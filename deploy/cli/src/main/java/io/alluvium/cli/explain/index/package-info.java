/**
 * The local index behind {@code explain}: where each example stands, what stands there in numbers,
 * and which version's window holds it.
 *
 * <p>Enters: records of all topics, only committed ones, each once; what was read and how far goes
 * into one write. Leaves: sightings, windows, places of events. Holds ids, offsets, codes and
 * numbers, no texts. Used from one thread; one process at a time.
 */
@NullMarked
package io.alluvium.cli.explain.index;

import org.jspecify.annotations.NullMarked;
