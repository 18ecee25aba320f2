package io.alluvium.cli.connect.topic;

/**
 * What is to be written to a topic.
 *
 * @param key the record's key
 * @param value the record's value
 * @param <V> its type
 */
public record Keyed<V>(String key, V value) {}
