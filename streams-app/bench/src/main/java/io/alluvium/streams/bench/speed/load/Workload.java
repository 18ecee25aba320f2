package io.alluvium.streams.bench.speed.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import org.apache.kafka.common.utils.Utils;

/**
 * What is measured.
 *
 * @param records of either input topic
 * @param bytes of a record's value, about
 * @param adapters that the records are spread over
 */
public record Workload(int records, int bytes, int adapters) {
  private static final int EMBEDDING_BYTES = 320;
  private static final int OTHER_BYTES = 180;
  private static final int LEAST_TEXT = 40;
  private static final int WORDS = 4000;
  private static final Instant TIME = Instant.parse("2026-11-01T00:00:00Z");

  /** Names that stand in even numbers on even and odd partitions, so that threads share evenly. */
  String adapter(int number) {
    int adapter = number % adapters;
    int variant = 0;
    while ((hash(name(adapter, variant)) & 1) != (adapter & 1)) {
      variant++;
    }
    return name(adapter, variant);
  }

  private static String name(int adapter, int variant) {
    return "adapter-" + adapter + "abcdefghijklmnopqrstuvwxyz".charAt(variant);
  }

  /** As Kafka's own partitioner does. */
  private static int hash(String key) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(UTF_8)));
  }

  /** An example, without embedding as long as a scored one. */
  TrainingExample example(int number) {
    return example(number, Math.max(LEAST_TEXT, bytes - OTHER_BYTES / 2));
  }

  /** A scored example as the scorer writes it, with losses under base and adapter. */
  ScoredExample scored(int number) {
    Random random = new Random(number);
    byte[] embedding = new byte[bytes > 2 * EMBEDDING_BYTES ? EMBEDDING_BYTES : 0];
    for (int i = 1; i < embedding.length; i += 2) {
      // Halves between 1 and 2, with either sign.
      embedding[i - 1] = (byte) random.nextInt();
      embedding[i] = (byte) (0x3c | (random.nextBoolean() ? 0x80 : 0));
    }
    double loss = 0.5 + 3 * random.nextDouble();
    return ScoredExample.newBuilder()
        .setExample(example(number, Math.max(LEAST_TEXT, bytes - OTHER_BYTES - embedding.length)))
        .setOrigin(new RecordOrigin("examples.accepted", 0, (long) number))
        .setBaseDigest("5f1d0c6a9b3e7d2448a1c0ffee00d15ea5e0123456789abcdef0123456789abc")
        .setPromptTokens(40)
        .setResponseTokens(60)
        .setBaseLoss(loss)
        .setAdapterLoss(loss * random.nextDouble())
        .setAdapterVersion(1L)
        .setEmbedding(embedding.length == 0 ? null : ByteBuffer.wrap(embedding))
        .setScorerVersion("bench")
        .setScoredAt(TIME)
        .build();
  }

  private TrainingExample example(int number, int characters) {
    Random random = new Random(31L * number);
    return TrainingExample.newBuilder()
        .setId("example-" + number)
        .setAdapter(adapter(number))
        .setPrompt(text(random, characters / 2))
        .setCompletion(text(random, characters / 2))
        .setSource("bench")
        .setEventTime(TIME)
        .build();
  }

  /** Few words come often, many seldom. */
  private static String text(Random random, int characters) {
    StringBuilder text = new StringBuilder(characters + 8);
    while (text.length() < characters) {
      int word = (int) (WORDS * Math.pow(random.nextDouble(), 3));
      text.append(Integer.toString(word * 7919 + 1296, 36)).append(' ');
    }
    return text.toString();
  }
}
