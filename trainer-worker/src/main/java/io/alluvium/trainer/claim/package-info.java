/**
 * Reading from the log as a member of a group.
 *
 * <p>Enters: a user's Kafka settings and a topic. Leaves: raw records with what they decode to, the
 * snapshot of the group's metadata that a later commit must be made with, and what the group gave
 * or took. One thread owns a {@link io.alluvium.trainer.claim.group.GroupConsumer}: the polling
 * thread.
 */
@NullMarked
package io.alluvium.trainer.claim;

import org.jspecify.annotations.NullMarked;
