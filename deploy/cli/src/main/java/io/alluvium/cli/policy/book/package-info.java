/**
 * The policies that there are, and two of them side by side.
 *
 * <p>Enters: records of the policies topic, documents as files. Leaves: which is in force, which
 * keys differ. Any thread.
 */
@NullMarked
package io.alluvium.cli.policy.book;

import org.jspecify.annotations.NullMarked;
