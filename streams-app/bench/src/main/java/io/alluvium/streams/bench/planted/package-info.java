/**
 * Streams in which it is known what should be found, and what the whole topology finds in them.
 *
 * <p>Enters: a seed, a number of records, an empty folder. Leaves: figures as one line of JSON. A
 * program of its own; nothing of this runs in the application.
 */
@NullMarked
package io.alluvium.streams.bench.planted;

import org.jspecify.annotations.NullMarked;
