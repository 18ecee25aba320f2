/**
 * Figures of the tensor engine, as a person reads them.
 *
 * <p>Enters: JSON objects of measuring processes. Leaves: lines, or {machine, results}. Any thread.
 */
@NullMarked
package io.alluvium.cli.bench.engine.report;

import org.jspecify.annotations.NullMarked;
