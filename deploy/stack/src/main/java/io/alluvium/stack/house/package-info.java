/**
 * How a module's packages stand to each other, read off its sources: for tests that draw the
 * picture in its README and count the classes of its rooms.
 *
 * <p>Enters: a folder of sources. Leaves: text. Any thread.
 */
@NullMarked
package io.alluvium.stack.house;

import org.jspecify.annotations.NullMarked;
