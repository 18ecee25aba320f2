package io.alluvium.stack;

import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.service.BuiltModule;
import io.alluvium.stack.supervise.Lifetime;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the local stack lives and how it is reached.
 *
 * @param home the project's root folder, built
 * @param data the data directory; made when missing, taken up where it was left when not
 * @param kafkaPort of the broker; 0 for the one it had last here, or any free one
 * @param registryPort of the schema registry; 0 likewise
 * @param lifetime what becomes of the processes when this program ends
 * @param readyWithin how long broker and registry may take to answer
 */
public record StackConfig(
    Path home,
    Path data,
    int kafkaPort,
    int registryPort,
    Lifetime lifetime,
    Duration readyWithin) {
  /** Kafka's customary port. */
  public static final int KAFKA_PORT = 9092;

  /** The schema registry's customary port. */
  public static final int REGISTRY_PORT = 8081;

  private static final int HIGHEST_PORT = 65_535;

  /** Checks the ports and makes the paths absolute. */
  public StackConfig {
    home = home.toAbsolutePath().normalize();
    data = data.toAbsolutePath().normalize();
    requirePort("Kafka", kafkaPort);
    requirePort("registry", registryPort);
    if (kafkaPort == registryPort && kafkaPort != 0) {
      throw new SetupException(
          "Kafka port and registry port are both "
              + kafkaPort
              + "; name two, or 0 for any free one");
    }
  }

  /**
   * Customary ports, and processes that outlive this program.
   *
   * @param data the data directory
   */
  public static StackConfig in(Path data) {
    return new StackConfig(
        BuiltModule.projectHome(),
        data,
        KAFKA_PORT,
        REGISTRY_PORT,
        Lifetime.DETACHED,
        Duration.ofSeconds(90));
  }

  /**
   * With these ports.
   *
   * @param kafka of the broker, 0 for any
   * @param registry of the schema registry, 0 for any
   */
  public StackConfig withPorts(int kafka, int registry) {
    return new StackConfig(home, data, kafka, registry, lifetime, readyWithin);
  }

  /** With ports that nobody else uses. */
  public StackConfig withFreePorts() {
    return withPorts(0, 0);
  }

  /** With processes that are stopped when this program ends. */
  public StackConfig tied() {
    return new StackConfig(home, data, kafkaPort, registryPort, Lifetime.TIED, readyWithin);
  }

  /** With processes that go on once {@link LocalStack#keep} was called. */
  public StackConfig kept() {
    return new StackConfig(home, data, kafkaPort, registryPort, Lifetime.KEPT, readyWithin);
  }

  private static void requirePort(String what, int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new SetupException(
          what
              + " port "
              + port
              + " is no port; name one up to "
              + HIGHEST_PORT
              + ", or 0 for any free one");
    }
  }
}
