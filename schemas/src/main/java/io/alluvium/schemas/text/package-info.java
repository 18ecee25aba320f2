/**
 * Characters by kind, and the words of a text as hashes. Enters: texts. Leaves: kinds, hashes.
 * Pure; an object belongs to one thread, because its buffers are used again from text to text.
 *
 * <p><b>Scripts without blanks between words</b> (Han, Hiragana, Katakana, Thai, Lao, Khmer,
 * Myanmar): each sign is a word, with the vowels and tones at it. A dictionary would find words,
 * and change with the Java release, while hashes of suites are for ever. A run of five words is 8
 * signs, or 16 where sounds are spelled, which keeps chance away: of 400 items of two sentences all
 * are found when quoted, 339 (Chinese), 365 (Japanese) and 320 (Thai) with one word in twelve
 * replaced, and none of 400 other texts of the same few words is taken for one ({@code
 * SignLeakTest} of streams-app; at 8 signs for all, 90 Thai ones were). Hangul has blanks. <b>A
 * suite in these scripts, or in one with vowel signs such as Devanagari, that an earlier build
 * added is recognised no more: add it again.</b>
 */
@NullMarked
package io.alluvium.schemas.text;

import org.jspecify.annotations.NullMarked;
