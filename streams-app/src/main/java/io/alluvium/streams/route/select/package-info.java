/**
 * Which candidates go on when there are more than the trainer can take.
 *
 * <p>Enters: candidates and the texts that are aimed at. Leaves: keys, of which the largest go on;
 * the same whenever the same log is read. Pure.
 */
@NullMarked
package io.alluvium.streams.route.select;

import org.jspecify.annotations.NullMarked;
