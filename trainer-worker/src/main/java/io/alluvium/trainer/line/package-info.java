/**
 * Files of JSON lines as people bring them.
 *
 * <p>Enters: bytes. Leaves: one {@link io.alluvium.trainer.line.Line} for each line that is not
 * blank, read or refused for a reason, with its number in the file. Every program reads its lines
 * here. Pure but for the stream that is read; the calling thread.
 */
@NullMarked
package io.alluvium.trainer.line;

import org.jspecify.annotations.NullMarked;
