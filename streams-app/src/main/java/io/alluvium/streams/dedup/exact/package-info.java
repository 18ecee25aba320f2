/**
 * Exact duplicates: what counts as the same id, text and question.
 *
 * <p>Enters: examples. Leaves: their fingerprints. Pure.
 *
 * <p><b>Same text</b>: NFKC, simple case folding, white space collapsed; prompt and completion, or
 * roles and contents, apart from each other. 128 bits of SHA-256, so that nobody can build a text
 * that pushes out another's. The first occurrence counts; a duplicate does not lengthen the window.
 * Refused examples are not remembered, so a corrected one may have the same id.
 *
 * <p><b>Calls of tools are part of a text</b>, with names, weights and the tools: two conversations
 * that differ in one are two. Near-duplicates and novelty leave the tools out, which are the same
 * in many examples. A message without such fields has the fingerprint that it had before there were
 * any.
 */
@NullMarked
package io.alluvium.streams.dedup.exact;

import org.jspecify.annotations.NullMarked;
