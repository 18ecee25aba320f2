/**
 * What travels on the topics and how: the Avro types (generated), {@link
 * io.alluvium.schemas.topic.Topics} with every topic's name, value type, partitions and retention,
 * and {@link io.alluvium.schemas.registry.AvroSerdes} with Confluent's serializers.
 *
 * <p>Enters: a user's Kafka and schema registry settings, unchanged. Leaves: topics that exist,
 * subjects that are registered, serdes. Safe for any thread.
 */
@NullMarked
package io.alluvium.schemas;

import org.jspecify.annotations.NullMarked;
