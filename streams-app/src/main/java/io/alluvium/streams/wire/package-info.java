/**
 * Bytes to values and back, in the Confluent wire format.
 *
 * <p>Enters: raw bytes of a topic. Leaves: Avro values, or the reason why the bytes are none. A
 * registry that does not answer is no property of the bytes: it is asked again for a while, then
 * {@link io.alluvium.schemas.RegistryUnavailableException} stops the application with nothing lost.
 * Runs on the stream threads; safe for all of them at once.
 */
@NullMarked
package io.alluvium.streams.wire;

import org.jspecify.annotations.NullMarked;
