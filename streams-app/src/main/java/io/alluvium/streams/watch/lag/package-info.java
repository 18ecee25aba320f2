/**
 * What waits on topics, and how old it is.
 *
 * <p>Enters: offsets and records as broker and group have them. Leaves: gauges, again and again,
 * and the trainer's backlog for whoever chooses among candidates. A thread of its own; clients are
 * its own too.
 *
 * <p><b>Lag looks for a record, not at offsets</b>: transactions end in markers that take an
 * offset, so a drained group never reaches the end. {@code alluvium_lag_age_seconds} is 0 when
 * there is no committed record after the group's offset. The age is that of the record's timestamp:
 * in {@code examples} a backfill with old timestamps looks old at once. Offsets and ends are asked
 * for once for all partitions, and the first records of all are fetched together.
 */
@NullMarked
package io.alluvium.streams.watch.lag;

import org.jspecify.annotations.NullMarked;
