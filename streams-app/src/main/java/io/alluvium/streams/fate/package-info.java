/**
 * What becomes of a record: it passes a stage, or it is refused with a reason, whole.
 *
 * <p>Enters: verdicts of the stages. Leaves: values for the next stage, rejections for their topic,
 * in the same transaction. Runs on the stream threads; a processor belongs to one of them.
 */
@NullMarked
package io.alluvium.streams.fate;

import org.jspecify.annotations.NullMarked;
