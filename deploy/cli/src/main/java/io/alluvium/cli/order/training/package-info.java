/**
 * Orders to the trainer: pause, resume, go back to a version.
 *
 * <p>Enters: an adapter as typed. Leaves: records of the adapter.commands topic, and what the
 * trainer answers in the adapter's state. Runs on the calling thread.
 */
@NullMarked
package io.alluvium.cli.order.training;

import org.jspecify.annotations.NullMarked;
