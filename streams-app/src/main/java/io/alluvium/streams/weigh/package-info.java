/**
 * How much an example counts in training, decided before training and written on the record.
 *
 * <p>Enters: scored examples. Leaves: weighted examples for training. Temperatures are pure values
 * that move from one frozen state to the next; they lie in changelogged stores. Runs on the stream
 * threads.
 *
 * <p><b>Temperatures</b> are the median loss per base digest and adapter, frozen and numbered:
 * number n rests on all losses up to the end of epoch n−1. {@code temperatureVersion} is that
 * number plus 2²⁰ times the offset (in {@code examples.scored}) of the example that the state began
 * with: a state that was lost or let go and begins anew gives no number again that a former one
 * gave, and those of builds that began at 0 go on as they were. Epochs have 1, 1, 2, 4, 8 …
 * examples until {@code weigh.epochExamples}; number 0 is the first example's own loss, which
 * therefore weighs e⁻¹ as a median one does. So no record waits for others, every stamped
 * temperature is a frozen one, and after any start it rests on at least half of what has been seen.
 * Under policies without a temperature it is kept up to date but not stamped.
 *
 * <p><b>FLOW against novelty, settled by a rule</b>: weight = clamp(bound(policy / mean) ×
 * importance), where bound lifts NOVEL to {@code noveltyFloor} and cuts OUTLIER to {@code
 * outlierCeiling}. The floor lies below e⁻¹, so a median record weighs e⁻¹ whatever its class.
 * General examples (anchors) weigh their importance alone.
 */
@NullMarked
package io.alluvium.streams.weigh;

import org.jspecify.annotations.NullMarked;
