/**
 * What records that wait cost the trainer: many adapters, many settled records behind one that
 * sleeps, and a backlog.
 *
 * <p>Enters: numbers of records and a base. Leaves: seconds, bytes and shares of a core. Starts a
 * stack of its own for each scenario, with one training process and nothing else; runs on the
 * caller's thread.
 */
@NullMarked
package io.alluvium.cli.bench.waiting;

import org.jspecify.annotations.NullMarked;
