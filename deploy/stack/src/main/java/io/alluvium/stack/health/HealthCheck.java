package io.alluvium.stack.health;

import java.net.URI;

/** One look at a process from outside; never longer than about two seconds. */
public interface HealthCheck extends AutoCloseable {
  /** Whether it does its work now. */
  boolean healthy();

  /** What it last said of its start while it did not work yet; empty where it says nothing. */
  default String progress() {
    return "";
  }

  @Override
  void close();

  /**
   * The check for an address.
   *
   * @param address {@code http://…}, healthy when it answers 200; {@code kafka://host:port},
   *     healthy when a broker is registered there; {@code file:…}, healthy when it was touched a
   *     short while ago
   */
  static HealthCheck of(URI address) {
    return switch (address.getScheme()) {
      case "kafka" -> new KafkaHealth(address);
      case "file" -> new BeatHealth(address);
      default -> new HttpHealth(address);
    };
  }
}
