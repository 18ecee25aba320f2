/**
 * A scored example on its way to a weight, and how new it is.
 *
 * <p>Enters: what the scorer said. Leaves: the value that the rooms from here on hand to each
 * other. Pure.
 */
@NullMarked
package io.alluvium.streams.novelty.candidate;

import org.jspecify.annotations.NullMarked;
