/**
 * What became of records that were just sent: accepted, refused and why, trained in which version.
 *
 * <p>Enters: where each record was stored, and what the topics behind say. Leaves: counts, refusals
 * by name. Reading happens on the calling thread; records are booked on the producer's.
 */
@NullMarked
package io.alluvium.cli.produce.fate;

import org.jspecify.annotations.NullMarked;
