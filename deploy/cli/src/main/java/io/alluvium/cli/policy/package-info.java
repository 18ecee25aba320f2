/**
 * The parameters of the rules: what is in force, what would change, and how to change it.
 *
 * <p>Enters: policy documents as files, records of the policies topic. Leaves: further versions,
 * differences, and what a rehearsal of past records says of them. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.policy;

import org.jspecify.annotations.NullMarked;
