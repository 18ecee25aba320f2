package io.alluvium.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Command;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A seeded stream through the whole topology writes the bytes that it wrote before: keys, values,
 * headers and timestamps of every output topic, as digests in seeded-stream.tsv.
 *
 * <p>After a change that is meant to change a decision or a form, run with {@code
 * -Dalluvium.draw=true} to write the digests anew, and say in the commit what changed them.
 */
class SeededStreamTopologyTest {
  private static final Path DIGESTS =
      Path.of("src/test/resources/io/alluvium/streams/seeded-stream.tsv");
  private static final long SEED = 11;
  private static final int RECORDS = 2_000;
  private static final Duration A_TICK = Duration.ofSeconds(2);

  @TempDir private Path folder;

  private final SeededStream stream = new SeededStream(SEED);
  private final Map<String, Written> written = new LinkedHashMap<>();

  @Test
  void everyOutputTopicHoldsTheBytesThatItHeldBefore() throws IOException {
    play();
    String digests =
        written.entrySet().stream()
            .map(each -> each.getKey() + "\t" + each.getValue().line() + "\n")
            .collect(Collectors.joining());
    if (Boolean.getBoolean("alluvium.draw")) {
      Files.createDirectories(DIGESTS.getParent());
      Files.writeString(DIGESTS, digests);
    }
    assertThat(written.values())
        .extracting(each -> each.records)
        .as("records of each topic")
        .doesNotContain(0);
    assertThat(digests).isEqualTo(Files.readString(DIGESTS));
  }

  private void play() {
    try (Rig rig =
        new Rig(
            folder,
            "lanes: [news]",
            "replay: {share: 0.2, anchorShare: 0.1}",
            "route: {lanes: [{lane: news, sources: [paper]}], review: true, reviewExamples: 20,"
                + " budgets: [{by: source, value: mail, records: 30, per: PT10M}],"
                + " lagAbove: 100, window: 16, keep: 0.5, selection: learnable}")) {
      rig.produce(
          Rig.policy(
              "sales", 1, SeededStream.time(600), "weigh: {policy: learnable, meanOne: true}"));
      rig.produce(Rig.policy("*", 1, SeededStream.time(900), "admit: {secrets: {email: reject}}"));
      rig.produce(stream.suiteItem());
      for (int number = 0; number < RECORDS; number++) {
        step(rig, number);
      }
      rig.advance(A_TICK);
      drain(rig);
    }
  }

  private void step(Rig rig, int number) {
    if (number % 20 == 7) {
      produce(rig, rig.topics().anchors(), stream.anchor(number), number);
    } else {
      produce(rig, rig.topics().examples(), stream.example(number), number);
    }
    for (TrainingExample accepted : taken(rig, rig.topics().accepted())) {
      rig.produceAt(stream.scored(accepted, number), SeededStream.time(number));
    }
    if (number % 50 == 49) {
      rig.behind(number % 400 < 100 ? 101 : 0);
      order(rig, number);
      rig.advance(A_TICK);
      rig.produceAt(stream.scored(stream.ofErased(number), number), SeededStream.time(number));
      drain(rig);
    }
    if (number % 97 == 0) {
      rig.produceRaw("support".getBytes(UTF_8), ("no value " + number).getBytes(UTF_8));
    }
  }

  private void order(Rig rig, int number) {
    switch (number % 400) {
      case 149 -> rig.produce(stream.order(number, Command.APPROVE, "review:*"));
      case 249 -> rig.produce(stream.order(number, Command.ERASE, "subject:ann"));
      case 349 -> rig.produce(stream.order(number, Command.DROP, "review:*"));
      default -> {}
    }
  }

  private static void produce(
      Rig rig, Topic<TrainingExample> topic, TrainingExample example, int number) {
    RecordHeaders headers = new RecordHeaders();
    if (number % 3 == 0) {
      headers.add("trace", Integer.toString(number).getBytes(UTF_8));
    }
    rig.produce(
        topic,
        new TestRecord<>(
            example.getAdapter().getBytes(UTF_8),
            rig.bytes(topic, example),
            headers,
            SeededStream.time(number)));
  }

  private void drain(Rig rig) {
    Topics topics = rig.topics();
    Stream.of(
            topics.accepted(),
            topics.drift(),
            topics.review(),
            topics.rejected(),
            topics.training(),
            topics.training("news"))
        .forEach(topic -> records(rig, topic));
  }

  private List<TrainingExample> taken(Rig rig, Topic<TrainingExample> topic) {
    return records(rig, topic).stream().map(record -> rig.value(topic, record)).toList();
  }

  private List<TestRecord<byte[], byte[]>> records(Rig rig, Topic<?> topic) {
    List<TestRecord<byte[], byte[]>> records = rig.records(topic);
    Written all = written.computeIfAbsent(topic.name(), name -> new Written());
    records.forEach(all::add);
    return records;
  }

  /** What was written to a topic so far. */
  private static final class Written {
    private final MessageDigest digest = sha256();
    private int records;

    void add(TestRecord<byte[], byte[]> record) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeLong(record.timestamp());
        write(out, record.key());
        write(out, record.value());
        for (Header header : record.headers()) {
          write(out, header.key().getBytes(UTF_8));
          write(out, header.value());
        }
      } catch (IOException impossible) {
        throw new AssertionError(impossible);
      }
      digest.update(bytes.toByteArray());
      records++;
    }

    String line() {
      return records + "\t" + HexFormat.of().formatHex(digest.digest());
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
      out.writeInt(bytes == null ? -1 : bytes.length);
      if (bytes != null) {
        out.write(bytes);
      }
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException impossible) {
        throw new AssertionError(impossible);
      }
    }
  }
}
