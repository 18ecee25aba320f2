/**
 * What the application would do: the whole topology in this process, without broker or registry.
 *
 * <p>Enters: a configuration, policies, records. Leaves: what became of each record. Runs on the
 * calling thread.
 */
@NullMarked
package io.alluvium.streams.rehearse;

import org.jspecify.annotations.NullMarked;
