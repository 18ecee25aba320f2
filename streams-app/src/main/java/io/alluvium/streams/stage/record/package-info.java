/**
 * A record while it is on its way: its bytes, its value, and when, where and under which policy it
 * is judged.
 *
 * <p>Enters: what was read. Leaves: values that rules and stages hand on; never serialised. Pure.
 *
 * <p><b>Headers are kept</b> from {@code examples} to {@code training}, by the scorer too, and
 * beside what waits or is kept for replay: a replay carries those of the example that is replayed.
 * Values in stores begin with a zero, or with a one and the headers, so what older builds wrote is
 * read.
 */
@NullMarked
package io.alluvium.streams.stage.record;

import org.jspecify.annotations.NullMarked;
