/**
 * Options that several commands share because they start, or would start, the same programs.
 *
 * <p>Enters: what was typed. Leaves: a base, settings of the programs. Main thread.
 */
@NullMarked
package io.alluvium.cli.local.option;

import org.jspecify.annotations.NullMarked;
