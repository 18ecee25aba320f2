/**
 * Is a response in a language that is learned?
 *
 * <p>Enters: a response. Leaves: nothing, or the language that it clearly is in. The model takes
 * some 40 MB once it is needed. An object belongs to one thread.
 */
@NullMarked
package io.alluvium.streams.admit.text.language;

import org.jspecify.annotations.NullMarked;
