/**
 * The local stack for tests, and what tests need of the machine.
 *
 * <p>Enters: a test class that names the extension or a requirement. Leaves: a running stack on
 * free ports, or a test that says why it did not run.
 */
@NullMarked
package io.alluvium.stack.junit;

import org.jspecify.annotations.NullMarked;
