/**
 * What a version was made of.
 *
 * <p>Enters: an adapter's events, the numbers of its window's records, and those records as far as
 * the log still has them. Leaves: the version's story, as text and as JSON. Pure.
 */
@NullMarked
package io.alluvium.cli.explain.version;

import org.jspecify.annotations.NullMarked;
