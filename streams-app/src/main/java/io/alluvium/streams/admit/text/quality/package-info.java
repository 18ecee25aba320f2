/**
 * Is an answer of any use: no runs of one sign, no repetition, no heap of symbols.
 *
 * <p>Enters: a response and its profile. Leaves: nothing, or which limit it broke. An object
 * belongs to one thread.
 *
 * <p><b>LZ4 in pure Java</b> measures compression: the native one's sizes would differ between
 * machines. It is asked only where a tenth of the four-word runs are repeated or words are longer
 * than 20 characters on average; nothing else compresses to a tenth.
 */
@NullMarked
package io.alluvium.streams.admit.text.quality;

import org.jspecify.annotations.NullMarked;
