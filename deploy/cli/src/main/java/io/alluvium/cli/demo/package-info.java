/**
 * The demo: a stream of a new domain through a fresh local stack, watched to its end and summed up.
 *
 * <p>Enters: options. Leaves: a summary for a person or one JSON object, and nothing that still
 * runs unless it was asked for. One thread sends, the calling thread watches and measures.
 */
@NullMarked
package io.alluvium.cli.demo;

import org.jspecify.annotations.NullMarked;
