/**
 * Why an example is not admitted: for its form, or for what its texts say.
 *
 * <p>The codes stand on rejections and meters; a meaning says what to send instead. Pure.
 */
@NullMarked
package io.alluvium.streams.admit.reason;

import org.jspecify.annotations.NullMarked;
