/**
 * Marks that mean something to a machine and not to a reader: special tokens of the base, and
 * placeholders of templates that nobody filled in.
 *
 * <p>Enters: texts of examples. Leaves: what was found, or the text with masks in its place. Pure;
 * any thread. No regular expressions; time grows with the length of a text and no faster.
 */
@NullMarked
package io.alluvium.streams.admit.mark;

import org.jspecify.annotations.NullMarked;
