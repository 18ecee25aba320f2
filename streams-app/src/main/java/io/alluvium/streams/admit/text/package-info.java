/**
 * What a text is like: how long, and of which characters.
 *
 * <p>Enters: texts of examples. Leaves: counts. Pure; any thread. The words of a text as hashes are
 * made in {@code io.alluvium.schemas.text}, since whoever writes a suite's items needs them too.
 */
@NullMarked
package io.alluvium.streams.admit.text;

import org.jspecify.annotations.NullMarked;
