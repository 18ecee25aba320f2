/**
 * Bytes to values and back, in the Confluent wire format.
 *
 * <p>Enters: raw bytes of a topic. Leaves: Avro values, or the reason why the bytes are none. A
 * registry that does not answer is no property of the bytes: it is asked again for a while, then
 * {@link io.alluvium.schemas.setup.RegistryUnavailableException} stops the application with nothing
 * lost. Runs on the stream threads; safe for all of them at once.
 *
 * <p><b>Bytes in, decoding in the open.</b> Sources are read as bytes and decoded by a processor,
 * so that what cannot be read becomes a rejection with the raw bytes in the same transaction. The
 * writer's schema is fetched before anything is decoded: what fails after that lies in the bytes; a
 * registry that does not answer is no property of a record, it is asked again for {@code patience}
 * and then the application stops with code 3 and nothing committed. No dead-letter handler is
 * relied on; the installed error handlers stop the application, because what reaches them is a
 * fault.
 *
 * <p><b>Confluent's serializers say how, Avro does it.</b> The first value of each topic and schema
 * goes through Confluent's own serializer or deserializer; where the same comes out of Avro alone
 * behind the same five bytes, later values do without it, for it looks up and hashes the whole
 * schema for each record (12 of 50 µs). What cannot be read goes through it again, so its message
 * stays. With {@code rule.*} or {@code use.latest.*} among the registry's settings every value goes
 * through it.
 */
@NullMarked
package io.alluvium.streams.wire;

import org.jspecify.annotations.NullMarked;
