/**
 * Operators' orders as every task sees them.
 *
 * <p>Enters: records of the adapter.commands topic. Leaves: a list that only grows; each task goes
 * on from where it was. The global thread writes it, stream threads read it.
 */
@NullMarked
package io.alluvium.streams.command;

import org.jspecify.annotations.NullMarked;
