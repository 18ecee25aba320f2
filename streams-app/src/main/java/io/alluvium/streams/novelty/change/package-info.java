/**
 * What is usual, and when it changes: p-values among recent values, and a test for a change of
 * mean. Pure, for one thread at a time.
 */
@NullMarked
package io.alluvium.streams.novelty.change;

import org.jspecify.annotations.NullMarked;
