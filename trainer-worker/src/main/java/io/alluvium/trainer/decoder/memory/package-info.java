/**
 * What passes through a decoder take of memory. Enters: the decoder's shape. Leaves: bytes, nothing
 * is run. Any thread.
 */
@NullMarked
package io.alluvium.trainer.decoder.memory;

import org.jspecify.annotations.NullMarked;
