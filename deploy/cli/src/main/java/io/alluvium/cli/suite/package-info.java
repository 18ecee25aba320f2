/**
 * Suites that measure what was learned, so that streams-app keeps their items out of training.
 *
 * <p>Enters: suite files. Leaves: records of the suites topic, which hold hashes and no text. Runs
 * on the calling thread.
 */
@NullMarked
package io.alluvium.cli.suite;

import org.jspecify.annotations.NullMarked;
