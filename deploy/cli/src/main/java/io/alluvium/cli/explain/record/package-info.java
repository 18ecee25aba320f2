/**
 * What became of one example.
 *
 * <p>Enters: where it was seen, and the version events whose windows hold it. Leaves: its story, as
 * text and as JSON. Reads the index and single events; the calling thread.
 */
@NullMarked
package io.alluvium.cli.explain.record;

import org.jspecify.annotations.NullMarked;
