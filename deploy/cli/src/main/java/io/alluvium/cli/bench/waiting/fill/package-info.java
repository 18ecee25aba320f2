/**
 * Many records written quickly.
 *
 * <p>Enters: adapters, texts and numbers of records. Leaves: records in the topic training. {@code
 * Stencil} is pure; all on the caller's thread.
 */
@NullMarked
package io.alluvium.cli.bench.waiting.fill;

import org.jspecify.annotations.NullMarked;
