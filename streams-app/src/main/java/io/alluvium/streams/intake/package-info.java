/**
 * Raw records to arrivals: decoding, and the rule that the key is the adapter.
 *
 * <p>Enters: raw keys and values of a topic. Leaves: arrivals, or rejections of what cannot be read
 * or is keyed wrongly. Runs on the stream threads.
 */
@NullMarked
package io.alluvium.streams.intake;

import org.jspecify.annotations.NullMarked;
