/**
 * Is this an example at all, one of sensible size and time, and one that anybody may learn from?
 *
 * <p>Enters: examples as producers sent them. Leaves: the same examples, or refusals. The rules are
 * pure and take time as an argument; the processor runs on the stream threads.
 *
 * <p><b>What texts say is judged in one pass each, without regular expressions</b>, allocating
 * nothing per word. Rules in order: tokens, remnants, special tokens, secrets, quality, language,
 * suites. Quality and language look at every answer that is learned, one of weight 0 is not; the
 * others at every part. Tools and their calls are parts too, for lengths, secrets and suites, but
 * remnants are looked for only in what is said: JSON is full of braces. What masking would break as
 * JSON is refused for the secret in it. Ids, labels and source are not searched for secrets:
 * producers name things there.
 *
 * <p><b>Times in another unit</b>: fewer than 100,000,000,000 ms is before April 1973, and as
 * seconds one of our days: refused with both readings. Micro- and nanoseconds lie far ahead and are
 * refused as that.
 */
@NullMarked
package io.alluvium.streams.admit;

import org.jspecify.annotations.NullMarked;
