/**
 * What a run of chaos left.
 *
 * <p>Enters: counts, seconds, what {@code verify} says. Leaves: text and JSON. All pure.
 */
@NullMarked
package io.alluvium.cli.chaos.report;

import org.jspecify.annotations.NullMarked;
