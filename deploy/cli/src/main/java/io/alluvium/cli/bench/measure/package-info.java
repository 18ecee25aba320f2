/**
 * What every measurement stands on: processes of its own, the machine, tables, and what must be
 * zero.
 *
 * <p>Enters: commands and JSON. Leaves: the last line of a process, lines of a table. Any thread;
 * the caller waits for its process.
 */
@NullMarked
package io.alluvium.cli.bench.measure;

import org.jspecify.annotations.NullMarked;
