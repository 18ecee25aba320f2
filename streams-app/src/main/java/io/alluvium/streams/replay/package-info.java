/**
 * Past examples and general ones, mixed into the stream as exact shares.
 *
 * <p>Enters: candidates. Leaves: the same, and between them replays that name where they first
 * stood. What is kept per adapter is bounded in number and bytes, chosen by a seeded reservoir,
 * holds one answer to a question, the newest, and is forgotten on order. Runs on the
 * stream threads.
 */
@NullMarked
package io.alluvium.streams.replay;

import org.jspecify.annotations.NullMarked;
