/**
 * What the speed bench counts: records that were acknowledged, clocks of process and threads.
 *
 * <p>Enters: producers' acknowledgements and the JVM's beans. Leaves: figures of a stretch of a
 * run. The interceptor counts on the producers' threads, the rest runs on the caller's.
 */
@NullMarked
package io.alluvium.streams.bench.speed.measure;

import org.jspecify.annotations.NullMarked;
