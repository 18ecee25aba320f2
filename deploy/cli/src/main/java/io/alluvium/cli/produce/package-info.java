/**
 * JSON lines become training examples on the topic {@code examples}.
 *
 * <p>Enters: lines of a file or of standard input. Leaves: Avro records keyed by adapter id, and
 * one line per refused line on standard error. Reading and sending happen on the calling thread;
 * acknowledgements arrive on Kafka's.
 */
@NullMarked
package io.alluvium.cli.produce;

import org.jspecify.annotations.NullMarked;
