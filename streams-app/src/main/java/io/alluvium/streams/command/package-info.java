/**
 * Operators' orders as every task sees them.
 *
 * <p>Enters: records of the adapter.commands topic. Leaves: a book that only grows; each task goes
 * on from where it was, which lies in its own store. The global thread writes the book, stream
 * threads read it.
 */
@NullMarked
package io.alluvium.streams.command;

import org.jspecify.annotations.NullMarked;
