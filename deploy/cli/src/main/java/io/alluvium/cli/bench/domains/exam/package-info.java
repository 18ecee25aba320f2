/**
 * What is taught and asked of two domains: lines of two files, and the losses on those held back.
 *
 * <p>Enters: files of examples, a base. Leaves: {@code Material}, which is pure, and losses. One
 * thread.
 */
@NullMarked
package io.alluvium.cli.bench.domains.exam;

import org.jspecify.annotations.NullMarked;
