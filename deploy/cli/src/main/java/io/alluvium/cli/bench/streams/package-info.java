/**
 * The rules of streams-app: how fast they are, and whether they find what was planted.
 *
 * <p>Enters: options. Leaves: a table, or {machine, results} as JSON. streams-app runs in a child
 * process; the calling thread waits.
 */
@NullMarked
package io.alluvium.cli.bench.streams;

import org.jspecify.annotations.NullMarked;
