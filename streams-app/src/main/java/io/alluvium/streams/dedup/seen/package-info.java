/**
 * What was let through within the window, and where each id and text first stood.
 *
 * <p>Enters: fingerprints of examples and the log's time. Leaves: where one first stood, or
 * nothing. The examples lie in a changelogged store, a block of them in a row; where a fingerprint
 * may be stands in memory, or on disk where there is no room. Runs on the stream threads; an object
 * belongs to one of them.
 */
@NullMarked
package io.alluvium.streams.dedup.seen;

import org.jspecify.annotations.NullMarked;
