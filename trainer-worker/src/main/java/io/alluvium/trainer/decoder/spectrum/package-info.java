/**
 * What an adapter does to the spectrum of the base's matrices. Enters: the base, a candidate.
 * Leaves: how many new directions stand among the strongest; tensor thread.
 */
@NullMarked
package io.alluvium.trainer.decoder.spectrum;

import org.jspecify.annotations.NullMarked;
