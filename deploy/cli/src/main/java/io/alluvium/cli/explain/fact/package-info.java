/**
 * What is known of single records: places, and what stood at them.
 *
 * <p>Enters: numbers and codes of records, never their texts. Leaves: the same as values. Pure; any
 * thread.
 */
@NullMarked
package io.alluvium.cli.explain.fact;

import org.jspecify.annotations.NullMarked;
