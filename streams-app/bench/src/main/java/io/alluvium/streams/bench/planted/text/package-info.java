/**
 * Texts of planted streams: questions with one right answer, notes in prose, repetitions of them,
 * secrets nobody has. Pure: randomness enters as an argument, texts leave; any thread.
 */
@NullMarked
package io.alluvium.streams.bench.planted.text;

import org.jspecify.annotations.NullMarked;
