/**
 * Measurements: streams in which it is known what should be found, and how fast rules and topology
 * are.
 *
 * <p>Enters: a seed and sizes. Leaves: figures as JSON or text. Programs of their own, each in its
 * own JVM; nothing of this runs in the application.
 */
@NullMarked
package io.alluvium.streams.bench;

import org.jspecify.annotations.NullMarked;
