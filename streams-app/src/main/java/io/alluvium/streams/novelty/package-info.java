/**
 * How new an example is to its adapter: by its words, by its place among embeddings, by what the
 * adapter has learned.
 *
 * <p>Enters: scored examples. Leaves: candidates with three signals, their p-values, a score, a
 * class, and the mark of a drift where one was found. Rules are pure; one journal per task keeps
 * the state of each base and adapter. Runs on the stream threads.
 *
 * <p><b>Novelty: three signals, kept apart.</b> Lexical surprise: hashed words and pairs (DSIR's
 * features), 4,096 fading counts. Distance: one minus the cosine to the nearest of 24 prototypes in
 * 64 dimensions, the running mean taken away; a prototype is familiar when it began among the first
 * 256 examples or stands for 48, else the first example of a domain would make the second familiar.
 * Learned novelty: adapterLoss − baseLoss. Each is turned into a p-value among the adapter's last
 * 512 values, after 64 examples that only teach. {@code noveltyScore} is one minus the chance of so
 * small a smallest p-value (Šidák).
 *
 * <p><b>The rule of the class</b> ({@code ClassRule}): <i>new</i> when the text's p-value (words
 * and place, Bonferroni) is at most {@code newBelow}. <i>Noise</i> is what is far harder than its
 * neighbours in a familiar place, for base and adapter alike ({@code Hardness}: median and median
 * absolute deviation of the latest 32 losses there; a comparison within categories as in Mondrian
 * conformal prediction). A quantile of all losses cannot tell it: with more wrong answers than the
 * quantile has room for it misses some, with fewer it takes right ones, and among hard notes a
 * wrong answer to an easy question is nothing special. What is new, or in a place not known yet, is
 * noise when its loss is among the adapter's largest ({@code hardBelow}), the last version took
 * less than {@code learnableDrop} of the base loss away (LoBaSS's learnability), and it is not one
 * of {@code company} recent examples in the same new place; that needs a version. Noise is OUTLIER,
 * new and no noise NOVEL, all else FAMILIAR. PVI itself would need a second forward pass without
 * the prompt; the neighbours of an example ask the same prompt of the base for nothing.
 *
 * <p><b>A policy moves</b> the rule of the class and all of {@code weigh} at once; half-life and
 * drift thresholds are those of the configuration, because states are made with them.
 */
@NullMarked
package io.alluvium.streams.novelty;

import org.jspecify.annotations.NullMarked;
