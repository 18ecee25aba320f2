/**
 * The data directory: where a command finds and leaves its files.
 *
 * <p>Enters: an option, two variables of the environment. Leaves: paths. Any thread.
 */
@NullMarked
package io.alluvium.cli.connect.folder;

import org.jspecify.annotations.NullMarked;
