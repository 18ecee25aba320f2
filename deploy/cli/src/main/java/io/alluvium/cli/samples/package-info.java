/**
 * Something to learn for a first session: questions about machines that nobody knows.
 *
 * <p>Enters: a seed and a number. Leaves: JSON lines as {@code produce} takes them, and the one
 * question that is left out, with its answer. Pure; the calling thread.
 */
@NullMarked
package io.alluvium.cli.samples;

import org.jspecify.annotations.NullMarked;
