/**
 * Lines of JSON as users write them, read as examples or refused for a named rule.
 *
 * <p>Enters: bytes of a file. Leaves: {@link io.alluvium.cli.produce.line.ParsedLine}s. Pure but
 * for the stream that is read; the calling thread.
 */
@NullMarked
package io.alluvium.cli.produce.line;

import org.jspecify.annotations.NullMarked;
