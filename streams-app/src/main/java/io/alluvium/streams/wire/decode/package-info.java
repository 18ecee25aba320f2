/**
 * Bytes of a topic to values, and what can be wrong with them.
 *
 * <p>Enters: raw values. Leaves: a value, or a failure that lies in the bytes: the writer's schema
 * is fetched before anything is decoded, so what fails after that is no fault of the registry. A
 * registry that does not answer is asked again for as long as patience allows. Runs on the stream
 * threads; a decoder belongs to one.
 */
@NullMarked
package io.alluvium.streams.wire.decode;

import org.jspecify.annotations.NullMarked;
