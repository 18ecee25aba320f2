/**
 * What a process says and how large it is, spans, and the report.
 *
 * <p>Enters: a process, the text of its metrics, figures. Leaves: values, bytes, lines and JSON.
 * {@code Gauges} and {@code WaitingReport} are pure; all on the caller's thread.
 */
@NullMarked
package io.alluvium.cli.bench.waiting.measure;

import org.jspecify.annotations.NullMarked;
