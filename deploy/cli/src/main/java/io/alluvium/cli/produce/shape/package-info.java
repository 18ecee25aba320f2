/**
 * The shapes that lines of examples come in, each brought into our own.
 *
 * <p>Enters: JSON objects of ShareGPT, Alpaca or OpenAI. Leaves: objects with {@code messages}, or
 * with {@code prompt} and {@code completion}, and the fields of our own lines. Pure.
 */
@NullMarked
package io.alluvium.cli.produce.shape;

import org.jspecify.annotations.NullMarked;
