/**
 * Raw records to arrivals: decoding, and the rule that the key is the adapter.
 *
 * <p>Enters: raw keys and values of a topic. Leaves: arrivals, or rejections of what cannot be read
 * or is keyed wrongly. Runs on the stream threads.
 *
 * <p><b>Nothing is made that cannot be sent</b>: it would stop the application at the same place
 * for ever. Of {@code max.request.size} (1 MiB) a rejection takes 32,768 bytes for the key, as much
 * for headers, 933,888 for the value, and ids and details of 1,000 characters; its detail says what
 * was cut and how long it was, and the origin keeps the whole. What comes in larger than can be
 * sent on is {@code TOO_LARGE} (shares (schemas/README.md)). {@code admit.maxCharacters} with
 * {@code maxIdCharacters} and {@code maxLabelCharacters} (196,608 together, at four bytes each),
 * {@code weigh.epochExamples} (112,640) and {@code replay.examples} (7,398) are held against the
 * limit at start, in {@code policy set} and when a policy arrives; one that is above is refused in
 * one line. {@code replay.bytes}, {@code route.window}, {@code route.reviewExamples} and {@code
 * dedup.near.examples} bound how many records there are and not how large one is.
 *
 * <p><b>The key must be the adapter.</b> A key stays in one partition, so an adapter has one
 * writer. {@code alluvium_misplaced_records_total} shows producers with another partitioner
 * (librdkafka's default): all goes well for their records but duplicates between them and others,
 * which stand in another partition.
 */
@NullMarked
package io.alluvium.streams.intake;

import org.jspecify.annotations.NullMarked;
