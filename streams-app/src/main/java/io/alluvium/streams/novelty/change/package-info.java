/**
 * What is usual, and when it changes: p-values among recent values, and a test for a change of
 * mean. Pure, for one thread at a time.
 *
 * <p><b>What is usual is learned slowly.</b> Every fourth value enters a full window, and of those
 * with p at most 0.02 at most twice as many as that while they are less than half of the stream. So
 * a domain that makes up a fifth of it does not become usual within its first forty examples (AUROC
 * of the 21st to 40th: 0.93 before this rule, 0.985 after, on the modelled stream), while one that
 * takes over does.
 *
 * <p><b>Drift</b> is Page's test ({@code Cusum}) with the log likelihood ratio of a p-value under a
 * mixture: four fifths uniform, one fifth as p-values of new things are (Beta(0.2, 1)); one of the
 * text and one of the base's loss. p-values make one threshold fit every adapter: 7 nats are not
 * passed in ten times 20,000 uniform ones ({@code CusumTest}). The summed excess of −ln p over 1.5,
 * which was taken before, pays half a nat for each usual record where the ratio pays a sixth: at
 * equally rare false alarms it took twice as long where a sixth of the records were new, and found
 * weak changes not at all. Of losses the frozen base's are taken: an adapter's next version is no
 * change of the stream. One alarm for each change. ADWIN was not taken: it keeps a window of
 * buckets per adapter for a bound that here comes from the p-values.
 */
@NullMarked
package io.alluvium.streams.novelty.change;

import org.jspecify.annotations.NullMarked;
