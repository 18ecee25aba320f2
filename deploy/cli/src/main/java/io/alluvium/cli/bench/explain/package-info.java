/**
 * What {@code explain} costs.
 *
 * <p>Enters: how many records. Leaves: seconds to build the index, milliseconds of an answer, bytes
 * on disk. The index is real, the records are drawn; no broker. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.bench.explain;

import org.jspecify.annotations.NullMarked;
