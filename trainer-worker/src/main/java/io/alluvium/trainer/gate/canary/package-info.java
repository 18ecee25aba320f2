/**
 * Whether adapters memorise single records. Enters: a file of secrets that are planted in a stream.
 * Leaves: for each candidate how far each secret is exposed; tensor thread.
 */
@NullMarked
package io.alluvium.trainer.gate.canary;

import org.jspecify.annotations.NullMarked;
