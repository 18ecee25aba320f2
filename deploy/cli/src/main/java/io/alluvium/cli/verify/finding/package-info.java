/**
 * What is found: rules, breaches of them, and sets small enough for millions of records.
 *
 * <p>Enters: breaches. Leaves: sums and lines. Pure; one thread at a time.
 */
@NullMarked
package io.alluvium.cli.verify.finding;

import org.jspecify.annotations.NullMarked;
