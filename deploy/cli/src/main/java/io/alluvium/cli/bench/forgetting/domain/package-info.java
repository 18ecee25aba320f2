/**
 * Domains for {@code bench forgetting}, as files: drawn ones, or those that people bring; and the
 * orders in which they are learned. Main thread.
 */
@NullMarked
package io.alluvium.cli.bench.forgetting.domain;

import org.jspecify.annotations.NullMarked;
