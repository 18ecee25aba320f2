/**
 * Adapter-version events as they are published, for a person or for a program.
 *
 * <p>Enters: records of {@code adapter.versions}. Leaves: one line each. Runs on the calling
 * thread.
 */
@NullMarked
package io.alluvium.cli.watch;

import org.jspecify.annotations.NullMarked;
