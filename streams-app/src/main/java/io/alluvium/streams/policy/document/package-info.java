/**
 * What a policy document may hold, and what holds where it says nothing.
 *
 * <p>Enters: YAML and the configured sections. Leaves: sections that checked themselves, or one
 * line that names key and value. Pure; any thread.
 */
@NullMarked
package io.alluvium.streams.policy.document;

import org.jspecify.annotations.NullMarked;
