package io.alluvium.cli.explain.fact;

/**
 * An example seen in a topic.
 *
 * @param adapter whose it is; empty where it could not be read
 * @param place where
 * @param timeMs when the log took it, milliseconds since the epoch
 * @param facts what stands there
 */
public record Sighting(String adapter, Place place, long timeMs, Facts facts) {}
