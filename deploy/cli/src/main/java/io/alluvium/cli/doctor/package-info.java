/**
 * Whether this machine can run the system, and what would be skipped.
 *
 * <p>Enters: the data directory and what was started over it. Leaves: one line or one JSON object
 * per check. Starts nothing but the tensor engine, in this process.
 */
@NullMarked
package io.alluvium.cli.doctor;

import org.jspecify.annotations.NullMarked;
