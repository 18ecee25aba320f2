package io.alluvium.stack.junit;

import io.alluvium.stack.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records of every kind that nobody can use, for tests that they end in their fate and that what
 * comes after them goes on.
 */
public final class Poison {
  private static final int HUGE = 900_000;
  private static final long ALMOST_AN_HOUR_MS = 59L * 60 * 1000;
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d+)");

  private Poison() {}

  /** A record that is good, of which bad ones are made. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Good(byte[] key, byte[] value) {}

  /**
   * Records whose value no reader of the topic can read, by what is wrong with them.
   *
   * @param good gives the key
   */
  public static Map<String, ProducerRecord<byte[], byte[]>> unreadable(
      LocalStack stack, String topic, Good good) {
    Map<String, ProducerRecord<byte[], byte[]>> bad = new LinkedHashMap<>();
    bad.put("not Avro", record(topic, good.key, "plain text".getBytes(StandardCharsets.UTF_8)));
    bad.put("two bytes", record(topic, good.key, new byte[] {0, 0}));
    bad.put("an unknown schema", record(topic, good.key, framed(999_999)));
    bad.put(
        "a Protobuf schema",
        record(
            topic,
            good.key,
            framed(id(stack, "PROTOBUF", "syntax = \\\"proto3\\\"; message A { string a = 1; }"))));
    bad.put(
        "a JSON schema",
        record(
            topic,
            good.key,
            framed(
                id(
                    stack,
                    "JSON",
                    "{\\\"$schema\\\":\\\"http://json-schema.org/draft-07/schema#\\\",\\\"type\\\":\\\"object\\\"}"))));
    bad.put(
        "another type",
        record(
            topic,
            good.key,
            framed(
                id(
                    stack,
                    "AVRO",
                    "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Other\\\",\\\"fields\\\":[{\\\"name\\\":\\\"a\\\",\\\"type\\\":\\\"int\\\"}]}"))));
    // A registry that reads schemas itself takes none that cannot be read.
    asked(
            stack,
            "AVRO",
            "{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"1 bad\\\",\\\"fields\\\":[]}")
        .ifPresent(
            id -> bad.put("a schema that Avro refuses", record(topic, good.key, framed(id))));
    bad.put("no value", record(topic, good.key, null));
    bad.put(
        "half a value", record(topic, good.key, Arrays.copyOf(good.value, good.value.length / 2)));
    bad.put("a huge key", record(topic, new byte[HUGE], framed(999_998)));
    bad.put("a huge value", record(topic, good.key, new byte[HUGE]));
    ProducerRecord<byte[], byte[]> headed = record(topic, good.key, framed(999_997));
    headed.headers().add("cargo", new byte[HUGE]);
    bad.put("huge headers", headed);
    bad.put(
        "a time ahead",
        new ProducerRecord<>(
            topic,
            null,
            System.currentTimeMillis() + ALMOST_AN_HOUR_MS,
            good.key,
            "later".getBytes(StandardCharsets.UTF_8)));
    bad.put("a time long ago", new ProducerRecord<>(topic, null, 1L, good.key, framed(999_996)));
    return bad;
  }

  /** Records with a good value that is not theirs to have, by what is wrong with them. */
  public static Map<String, ProducerRecord<byte[], byte[]>> misplaced(String topic, Good good) {
    Map<String, ProducerRecord<byte[], byte[]>> bad = new LinkedHashMap<>();
    bad.put("no key", record(topic, null, good.value));
    bad.put("a key that is no UTF-8", record(topic, new byte[] {(byte) 0xff, 1}, good.value));
    bad.put("another key", record(topic, "other".getBytes(StandardCharsets.UTF_8), good.value));
    bad.put("a huge key on a good value", record(topic, new byte[HUGE], good.value));
    return bad;
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, byte @Nullable [] key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic, key, value);
  }

  private static byte[] framed(int schemaId) {
    return ByteBuffer.allocate(8).put((byte) 0).putInt(schemaId).put(new byte[] {2, 2, 2}).array();
  }

  private static int id(LocalStack stack, String type, String escaped) {
    return asked(stack, type, escaped)
        .orElseThrow(() -> new IllegalStateException("the registry does not take " + escaped));
  }

  /** The id that the registry gives a schema; empty when it does not take it. */
  private static Optional<Integer> asked(LocalStack stack, String type, String escaped) {
    String body = "{\"schemaType\":\"%s\",\"schema\":\"%s\"}".formatted(type, escaped);
    String subject = "poison-" + Integer.toHexString(escaped.hashCode());
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("%s/subjects/%s/versions".formatted(stack.registryUrl(), subject)))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      Matcher id =
          ID.matcher(
              HttpClient.newHttpClient()
                  .send(request, HttpResponse.BodyHandlers.ofString())
                  .body());
      return id.find() ? Optional.of(Integer.parseInt(id.group(1))) : Optional.empty();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
