/**
 * Where every record of a training topic is: in a window, refused, waiting, lost.
 *
 * <p>Enters: records in the order of their partition, windows, refusals. Leaves: sums and breaches.
 * Keeps ranges, counters and bits, no records. Pure; one thread at a time.
 */
@NullMarked
package io.alluvium.cli.verify.book;

import org.jspecify.annotations.NullMarked;
