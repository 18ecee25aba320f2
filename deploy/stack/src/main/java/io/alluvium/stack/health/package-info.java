/**
 * Whether a process does its work, asked from outside.
 *
 * <p>Enters: an address, {@code http://…} or {@code kafka://host:port}. Leaves: yes or no, or the
 * end of a bounded wait. Safe for any thread.
 */
@NullMarked
package io.alluvium.stack.health;

import org.jspecify.annotations.NullMarked;
