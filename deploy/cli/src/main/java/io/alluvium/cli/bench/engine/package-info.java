/**
 * What a step, a forward pass and a base cost: the commands.
 *
 * <p>Enters: options. Leaves: a table, or {machine, results} as JSON. The calling thread waits for
 * what measures, one child process after the other.
 */
@NullMarked
package io.alluvium.cli.bench.engine;

import org.jspecify.annotations.NullMarked;
