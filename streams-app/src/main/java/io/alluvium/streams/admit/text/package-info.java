/**
 * What a text is like: how long, of which characters, and its words as hashes.
 *
 * <p>Enters: texts of examples. Leaves: counts and hashes. Pure; an object belongs to one
 * thread, because its buffers are used again from text to text.
 */
@NullMarked
package io.alluvium.streams.admit.text;

import org.jspecify.annotations.NullMarked;
