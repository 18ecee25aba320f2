package io.alluvium.streams.bench;

/**
 * Where something was measured.
 *
 * @param os operating system and architecture
 * @param cores processors that this JVM may use
 * @param heapMegabytes most heap of this JVM
 * @param java version of the JVM
 */
public record Machine(String os, int cores, long heapMegabytes, String java) {
  /** This one. */
  public static Machine here() {
    return new Machine(
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        Runtime.version().toString());
  }
}
