/**
 * All that a demo found out, for a person and for a program.
 *
 * <p>Enters: a result. Leaves: lines, or one JSON object whose keys are a contract. Pure; any
 * thread.
 */
@NullMarked
package io.alluvium.cli.demo.report;

import org.jspecify.annotations.NullMarked;
