/**
 * Operators' orders as every task sees them.
 *
 * <p>Enters: records of the adapter.commands topic. Leaves: a book that only grows; each task goes
 * on from where it was, which lies in its own store. The global thread writes the book, stream
 * threads read it.
 *
 * <p><b>An order is obeyed once.</b> How far a task has obeyed lies in its store ({@code
 * replay-orders}, {@code route-orders}) by offset, and moves in the same transaction as what the
 * order did; so a kill, a restart, a migration or retention on {@code adapter.commands} neither
 * repeats nor skips one. A topic of the same name that was made anew is known by its first record,
 * and obeyed from its beginning. An id that comes again is no order.
 */
@NullMarked
package io.alluvium.streams.command;

import org.jspecify.annotations.NullMarked;
