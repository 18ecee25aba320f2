/**
 * Bytes of a topic to values, and what can be wrong with them.
 *
 * <p>Enters: raw values. Leaves: a value, or a failure that lies in the bytes: the writer's schema
 * is fetched before anything is decoded, so what fails after that is no fault of the registry. A
 * registry that does not answer is asked again for as long as patience allows. Runs on the stream
 * threads; a decoder belongs to one.
 *
 * <p><b>A structurally equal value of another namespace is read.</b> A value passes when Avro
 * resolves its writer's schema to ours; a producer in another language needs no Java namespace.
 *
 * <p><b>Allocation on the word of bytes is bounded</b> (16 MiB a string, 100,000 items a
 * collection) by Avro's own properties: twelve bytes can claim a string of two gigabytes.
 */
@NullMarked
package io.alluvium.streams.wire.decode;

import org.jspecify.annotations.NullMarked;
