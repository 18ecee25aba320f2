/**
 * What is done to the processes of a stack, and how soon each works again.
 *
 * <p>Enters: a plan, process numbers. Leaves: notes and times. Harming is one thread, looking
 * another; {@code Recoveries} may be used by both.
 */
@NullMarked
package io.alluvium.cli.chaos.harm;

import org.jspecify.annotations.NullMarked;
