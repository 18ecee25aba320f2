/**
 * Orders to the processes that measure the tensor engine, and their answers.
 *
 * <p>Enters: options and cases. Leaves: one JSON object for each case. Each case runs in a process
 * of its own, so that each has its own peak of memory; the calling thread waits.
 */
@NullMarked
package io.alluvium.cli.bench.engine.run;

import org.jspecify.annotations.NullMarked;
