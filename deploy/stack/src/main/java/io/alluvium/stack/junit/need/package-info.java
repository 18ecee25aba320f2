/**
 * What a test class needs of the machine, as annotations.
 *
 * <p>Enters: an annotated test class. Leaves: a test that runs, or one that says what is missing.
 */
@NullMarked
package io.alluvium.stack.junit.need;

import org.jspecify.annotations.NullMarked;
