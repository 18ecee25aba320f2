/**
 * Near-duplicates: texts that say the same in nearly the same words.
 *
 * <p>Enters: the texts of an example. Leaves: the earlier example that it repeats, or nothing.
 * Signatures and the window are pure; the store keeps each adapter's last signatures in a
 * changelogged ring. Runs on the stream threads; an object belongs to one of them.
 */
@NullMarked
package io.alluvium.streams.dedup.near;

import org.jspecify.annotations.NullMarked;
