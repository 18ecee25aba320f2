/**
 * Keeps the index up with the topics.
 *
 * <p>Enters: committed records of every topic that an example passes through. Leaves: entries of
 * the index, each batch with the offsets it reaches, and the time it took. Runs on the calling
 * thread.
 */
@NullMarked
package io.alluvium.cli.explain.follow;

import org.jspecify.annotations.NullMarked;
