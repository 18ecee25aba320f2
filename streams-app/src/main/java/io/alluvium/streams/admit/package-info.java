/**
 * Is this an example at all, one of sensible size and time, and one that anybody may learn from?
 *
 * <p>Enters: examples as producers sent them. Leaves: the same examples, or refusals. The rules are
 * pure and take time as an argument; the processor runs on the stream threads.
 */
@NullMarked
package io.alluvium.streams.admit;

import org.jspecify.annotations.NullMarked;
