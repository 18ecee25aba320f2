/**
 * Is a response in a language that is learned?
 *
 * <p>Enters: a response. Leaves: nothing, or the language that it clearly is in. The model takes
 * some 40 MB once it is needed. An object belongs to one thread.
 *
 * <p><b>Language detection is off until languages are named</b>: Apache OpenNLP's detector takes
 * about 0.1 ms for 200 characters and 40 MB, more than all other rules together.
 */
@NullMarked
package io.alluvium.streams.admit.text.language;

import org.jspecify.annotations.NullMarked;
