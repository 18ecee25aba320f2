package io.alluvium.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer's headers go with its example to the end, wherever it waits on the way. */
class HeadersTopologyTest {
  @TempDir private Path folder;

  @Test
  void anAcceptedExampleAndARefusedOneKeepTheirHeaders() {
    try (Rig rig = new Rig(folder)) {
      produce(rig, rig.topics().examples(), Rig.example("1", "Restart it.").build(), "one");
      produce(rig, rig.topics().examples(), Rig.example("1", "Restart it.").build(), "two");
      assertThat(traces(rig, rig.topics().accepted())).containsExactly("one");
      assertThat(traces(rig, rig.topics().rejected())).containsExactly("two");
    }
  }

  @Test
  void aReplayCarriesTheHeadersOfTheExampleThatIsReplayed() {
    try (Rig rig = new Rig(folder, "replay: {share: 0.5}")) {
      produce(rig, scored(0), "zero");
      produce(rig, scored(1), "one");
      produce(rig, scored(2), "two");
      List<String> sent = traces(rig, rig.topics().training());
      assertThat(sent).startsWith("zero").contains("one", "two").hasSizeGreaterThan(3);
      assertThat(sent.stream().filter("two"::equals)).hasSize(1);
    }
  }

  @Test
  void whatWaitsForTheEndOfAWindowKeepsItsHeadersWhetherItGoesOnOrNot() {
    try (Rig rig = new Rig(folder, "route: {window: 4, keep: 0.25, lagAbove: 10}")) {
      rig.behind(11);
      IntStream.range(0, 3).forEach(i -> produce(rig, scored(i), "t" + i));
      rig.behind(0);
      rig.advance(Duration.ofSeconds(1));
      List<String> all =
          Stream.concat(
                  traces(rig, rig.topics().training()).stream(),
                  traces(rig, rig.topics().rejected()).stream())
              .toList();
      assertThat(all).containsExactlyInAnyOrder("t0", "t1", "t2");
    }
  }

  private static ScoredExample scored(int number) {
    return Rig.scored(
        Rig.example("e" + number, "Answer " + number).setPrompt("Question " + number).build(), 1.0);
  }

  private static void produce(Rig rig, ScoredExample scored, String trace) {
    rig.produce(rig.topics().scored(), record(rig.bytes(rig.topics().scored(), scored), trace));
  }

  private static void produce(
      Rig rig, Topic<TrainingExample> topic, TrainingExample example, String trace) {
    rig.produce(topic, record(rig.bytes(topic, example), trace));
  }

  private static TestRecord<byte[], byte[]> record(byte[] value, String trace) {
    Headers headers = new RecordHeaders().add("trace", trace.getBytes(UTF_8));
    return new TestRecord<>("support".getBytes(UTF_8), value, headers, Rig.START);
  }

  private static List<String> traces(Rig rig, Topic<?> topic) {
    return rig.records(topic).stream()
        .map(record -> new String(record.headers().lastHeader("trace").value(), UTF_8))
        .toList();
  }
}
