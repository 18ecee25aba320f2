package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.connect.TopicReader.Entry;
import io.alluvium.cli.demo.domain.Deposit;
import io.alluvium.cli.demo.domain.DomainSize;
import io.alluvium.cli.demo.domain.SupportDomain;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.WeightedExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What may be killed at any moment is killed: the training role in the middle of a round, and
 * streams-app while records come in. Nothing may be missing or counted twice afterwards.
 */
class KillIT {
  private static final int RECORDS = 384;
  private static final int WINDOW = 64;
  private static final String ADAPTER = "killed";

  @TempDir private Path folder = Path.of("");

  private final RunningSystem system =
      RunningSystem.up(
          "--set", "trainer.window.examples=" + WINDOW,
          "--set", "trainer.window.age=PT5S",
          // What is too little for a window does not wait for more.
          "--set", "trainer.window.longest.age=PT10S",
          // So that every record of the training topic is one that was sent.
          "--set", "streams.replay.share=0",
          // What matters here is that rounds end, not how well.
          "--set", "trainer.finetune.anchors.perBatch=8");

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void killedTrainerAndKilledStreamsAppLoseAndDoubleNothing() throws Exception {
    List<String> lines = lines();
    produce(lines.subList(0, RECORDS / 2));
    awaitEvents(1);
    system.stack().kill(AppPlan.STREAMS);
    produce(lines.subList(RECORDS / 2, RECORDS));
    system.stack().restart(AppPlan.STREAMS);

    awaitAnotherRoundUnderWay();
    system.stack().kill(AppPlan.TRAIN);
    system.stack().restart(AppPlan.TRAIN);

    Awaitility.await().atMost(Duration.ofMinutes(4)).until(this::everyRecordIsInAWindow);
    assertNothingIsMissingOrDoubled();
    assertOneGaplessChain();
    assertOffsetsOfTheLastEventAreTheGroups();
  }

  private List<String> lines() {
    return new SupportDomain(3, DomainSize.of(RECORDS, 200))
        .stream().stream()
            .filter(Deposit.Example.class::isInstance)
            .map(Deposit.Example.class::cast)
            .filter(example -> example.id().startsWith("question-"))
            .distinct()
            .map(KillIT::line)
            .toList();
  }

  private static String line(Deposit.Example example) {
    return "{\"id\":\"%s\",\"prompt\":\"%s\",\"completion\":\"%s\"}"
        .formatted(example.id(), example.question().prompt(), example.question().completion());
  }

  private void produce(List<String> lines) throws IOException {
    Path file = Files.write(folder.resolve("lines.jsonl"), lines);
    assertThat(system.run("produce", "--adapter", ADAPTER, file.toString()).code()).isZero();
  }

  private void awaitEvents(int count) {
    Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> events().size() >= count);
  }

  /** A window's worth of records beyond the last event: the trainer is at work on them. */
  private void awaitAnotherRoundUnderWay() {
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> training().size() - inWindows(training(), events()) >= WINDOW);
  }

  private boolean everyRecordIsInAWindow() {
    List<Entry<WeightedExample>> training = training();
    return training.size() == RECORDS && inWindows(training, events()) == RECORDS;
  }

  private static long inWindows(
      List<Entry<WeightedExample>> training, List<AdapterVersion> events) {
    return training.stream()
        .filter(entry -> events.stream().anyMatch(event -> holds(event, entry)))
        .count();
  }

  private static boolean holds(AdapterVersion event, Entry<WeightedExample> entry) {
    return event.getWindow().getPartition() == entry.partition()
        && event.getWindow().getFirstOffset() <= entry.offset()
        && entry.offset() < event.getWindow().getNextOffset();
  }

  private void assertNothingIsMissingOrDoubled() {
    List<String> ids =
        training().stream().map(entry -> entry.value().getScored().getExample().getId()).toList();
    assertThat(ids).doesNotHaveDuplicates().hasSize(RECORDS);
    assertThat(events().stream().mapToLong(event -> event.getCounts().getExamples()).sum())
        .isEqualTo(RECORDS);
    assertThat(system.all(system.cluster().topics().rejected())).isEmpty();
  }

  private void assertOneGaplessChain() {
    List<AdapterVersion> events = events();
    assertThat(events.stream().map(AdapterVersion::getVersion))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(1, events.size()).boxed().collect(Collectors.toList()));
    List<Long> parents = new ArrayList<>();
    List<Long> expected = new ArrayList<>();
    Long lastReleased = null;
    for (AdapterVersion event : events) {
      parents.add(event.getParentVersion());
      expected.add(lastReleased);
      if (event.getOutcome() == Outcome.RELEASED) {
        lastReleased = event.getVersion();
      }
    }
    assertThat(parents).isEqualTo(expected);
  }

  private void assertOffsetsOfTheLastEventAreTheGroups() throws Exception {
    List<AdapterVersion> events = events();
    AdapterVersion last = events.get(events.size() - 1);
    TopicPartition partition =
        new TopicPartition(last.getWindow().getTopic(), last.getWindow().getPartition());
    try (Admin admin = system.cluster().admin()) {
      Map<TopicPartition, OffsetAndMetadata> committed =
          admin.listConsumerGroupOffsets("alluvium-train").partitionsToOffsetAndMetadata().get();
      assertThat(committed.get(partition))
          .satisfies(
              mark -> {
                assertThat(mark.offset()).isGreaterThanOrEqualTo(last.getWatermark());
                assertThat(mark.metadata()).startsWith("events=" + events.size() + " ");
                assertThat(mark.metadata()).endsWith("waiting=0");
              });
    }
  }

  private List<Entry<WeightedExample>> training() {
    return system.all(system.cluster().topics().training());
  }

  private List<AdapterVersion> events() {
    return system.all(system.cluster().topics().versions()).stream().map(Entry::value).toList();
  }
}
