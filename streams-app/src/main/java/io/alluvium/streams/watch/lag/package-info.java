/**
 * What waits on topics, and how old it is.
 *
 * <p>Enters: offsets and records as broker and group have them. Leaves: gauges, again and again,
 * and the trainer's backlog for whoever chooses among candidates. A thread of its own; clients are
 * its own too.
 */
@NullMarked
package io.alluvium.streams.watch.lag;

import org.jspecify.annotations.NullMarked;
