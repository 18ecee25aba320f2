/**
 * Is an answer of any use: no runs of one sign, no repetition, no heap of symbols.
 *
 * <p>Enters: a response and its profile. Leaves: nothing, or which limit it broke. An object
 * belongs to one thread.
 */
@NullMarked
package io.alluvium.streams.admit.text.quality;

import org.jspecify.annotations.NullMarked;
