/**
 * Items of a suite, from a file to the topic.
 *
 * <p>Enters: lines of a suite file. Leaves: records of the suites topic, which hold hashes and no
 * text. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.suite.item;

import org.jspecify.annotations.NullMarked;
