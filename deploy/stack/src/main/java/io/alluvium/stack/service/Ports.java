package io.alluvium.stack.service;

import io.alluvium.stack.process.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on the loopback address. */
public final class Ports {
  /** Below the range from which systems give ports to outgoing connections. */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1_000;

  private Ports() {}

  /** A port on which nothing listens now. */
  public static int anyFree() {
    return ThreadLocalRandom.current()
        .ints(ATTEMPTS, LOWEST, HIGHEST)
        .filter(Ports::free)
        .findFirst()
        .orElseThrow(
            () -> new StartException("no free port between " + LOWEST + " and " + HIGHEST));
  }

  /**
   * Whether nothing listens there.
   *
   * @param port the port
   */
  public static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
