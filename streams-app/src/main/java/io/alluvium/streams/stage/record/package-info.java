/**
 * A record while it is on its way: its bytes, its value, and when, where and under which policy it
 * is judged.
 *
 * <p>Enters: what was read. Leaves: values that rules and stages hand on; never serialised. Pure.
 */
@NullMarked
package io.alluvium.streams.stage.record;

import org.jspecify.annotations.NullMarked;
