/**
 * What long or unusual work shows: drift of memory, many adapters, steps of few records. One
 * thread.
 */
@NullMarked
package io.alluvium.trainer.bench.soak;

import org.jspecify.annotations.NullMarked;
