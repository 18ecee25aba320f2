/**
 * {@code alluvium explain}: what became of an example, and what a version was made of.
 *
 * <p>Enters: an example's id, or a version; the topics, followed into a local index. Leaves: text
 * or JSON. Runs on the calling thread, moves nobody's offsets.
 */
@NullMarked
package io.alluvium.cli.explain;

import org.jspecify.annotations.NullMarked;
