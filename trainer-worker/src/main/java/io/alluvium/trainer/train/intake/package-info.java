/**
 * Records on their way to a window. Enters: what the consumer read. Leaves: arrivals in queues,
 * records remembered, foreign ones with their reason; polling thread.
 */
@NullMarked
package io.alluvium.trainer.train.intake;

import org.jspecify.annotations.NullMarked;
