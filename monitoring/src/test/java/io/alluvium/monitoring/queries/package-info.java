/**
 * What the files of this folder ask Prometheus: rules and dashboard, read as plain values.
 *
 * <p>Enters: YAML and JSON files. Leaves: alerts, panels, expressions and the metric names in them.
 * Any thread; everything is immutable.
 */
@NullMarked
package io.alluvium.monitoring.queries;

import org.jspecify.annotations.NullMarked;
