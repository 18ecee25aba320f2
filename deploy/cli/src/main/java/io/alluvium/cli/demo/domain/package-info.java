/**
 * The demo's new domain: questions about an invented product whose answers follow a rule that
 * changes once on the way, with faulty records planted among them.
 *
 * <p>Enters: a seed and sizes. Leaves: the stream in order, and held-out questions. Pure; safe for
 * any thread.
 */
@NullMarked
package io.alluvium.cli.demo.domain;

import org.jspecify.annotations.NullMarked;
