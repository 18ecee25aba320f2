/**
 * Near-duplicates: texts that say the same in nearly the same words.
 *
 * <p>Enters: the texts of an example. Leaves: the earlier example that it repeats, or nothing.
 * Signatures and the window are pure; the store keeps each adapter's last signatures in a
 * changelogged ring. Runs on the stream threads; an object belongs to one of them.
 *
 * <p><b>Near-duplicates</b>: MinHash over three-word runs, 64 places for the whole example and 32
 * for its response. Both must agree, because a corrected answer to the same long prompt is no
 * repetition; a response of up to three words must be the same. Bands and rows follow from {@code
 * similarity}: as many rows as leave the chance that a pair at that similarity is looked at at
 * 0.999 or more (0.8: 16 bands of 4), and what is looked at counts when it agrees in as many places
 * as 99 in 100 such pairs do, in each signature. On 2,000 planted pairs at Jaccard 0.8 and more
 * 0.9995 are found, at 0.4 and less none ({@code NearPropertyTest}). The window is a ring of an
 * adapter's latest examples in memory (about 450 bytes an example, so 450 kB for a full adapter),
 * each also in the changelogged store {@code dedup-near}, up to eight that follow each other within
 * 100 ms as one entry of at most 1.7 kB, so that a burst on one adapter is a changelog record for
 * every eight. A process keeps a million examples (450 MB) over all its tasks; beyond that the
 * windows used least recently are let go and read from the store when they are asked for again, up
 * to 1,000 entries at once, so more than a thousand full adapters in turn are slow and not large.
 * The answer does not depend on the order in which a window is filled. With another {@code
 * dedup.near.examples} than before an adapter's rows are put where they belong in the new ring when
 * it is next seen: none is lost that the new number has room for.
 */
@NullMarked
package io.alluvium.streams.dedup.near;

import org.jspecify.annotations.NullMarked;
