/**
 * {@code alluvium bench}: measurements that stay with the project. Enters: options. Leaves: a
 * table, or {machine, results} as JSON. What measures runs in child processes, one after the other.
 */
@NullMarked
package io.alluvium.cli.bench;

import org.jspecify.annotations.NullMarked;
