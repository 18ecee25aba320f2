/**
 * Faults of files, brokers and registries in words: no name of a class, one line.
 *
 * <p>Enters: exceptions of the libraries. Leaves: words, and the end of a command. Pure.
 */
@NullMarked
package io.alluvium.cli.fault;

import org.jspecify.annotations.NullMarked;
