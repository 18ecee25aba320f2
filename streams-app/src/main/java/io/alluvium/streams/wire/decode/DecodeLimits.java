package io.alluvium.streams.wire.decode;

import java.util.Map;

/**
 * Bounds what Avro allocates on the word of the bytes: without them a record of twelve bytes can
 * claim a string of two gigabytes and take the application down, again and again.
 */
public final class DecodeLimits {
  private static final String MAX_BYTES = Integer.toString(16 << 20);
  private static final String MAX_ITEMS = Integer.toString(100_000);

  private DecodeLimits() {}

  /** Sets Avro's own properties where the user has not; must run before Avro first decodes. */
  public static void install() {
    Map.of(
            "org.apache.avro.limits.bytes.maxLength", MAX_BYTES,
            "org.apache.avro.limits.string.maxLength", MAX_BYTES,
            "org.apache.avro.limits.collectionItems.maxLength", MAX_ITEMS)
        .forEach((name, limit) -> System.setProperty(name, System.getProperty(name, limit)));
  }
}
