/**
 * Reading as a member of a consumer group, ahead of the round that runs. Enters: a user's Kafka
 * settings, a topic. Leaves: raw records, and what the group gave or took. The polling thread owns
 * the consumer.
 */
@NullMarked
package io.alluvium.trainer.claim.group;

import org.jspecify.annotations.NullMarked;
