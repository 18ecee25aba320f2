/**
 * A sorted table of bytes on disk.
 *
 * <p>Enters: keys and values, several at once. Leaves: values by key and by ranges of keys. Used
 * from one thread; a folder belongs to one process at a time.
 */
@NullMarked
package io.alluvium.cli.explain.table;

import org.jspecify.annotations.NullMarked;
