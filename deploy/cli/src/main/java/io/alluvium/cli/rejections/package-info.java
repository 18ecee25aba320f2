/**
 * What the stages refused, counted or one by one.
 *
 * <p>Enters: the topic {@code examples.rejected}, only what is committed, read without a group.
 * Leaves: counts, lines, and one refusal with the record it was about. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.rejections;

import org.jspecify.annotations.NullMarked;
