package io.alluvium.cli.order.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.Cli;
import io.alluvium.cli.RunningSystem;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.publish.order.Quarantine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders to the trainer with all programs running, two lanes and replays. */
class RollbackIT {
  private static final String ADAPTER = "--adapter=support";

  @TempDir private Path folder = Path.of("");

  private final RunningSystem system =
      RunningSystem.up(
          "--set", "trainer.window.examples=60",
          "--set", "trainer.window.age=PT5S",
          "--set", "trainer.window.longest.age=PT10S",
          "--set", "streams.lanes=[web]",
          "--set", "streams.route.lanes=[{lane: web, sources: [web]}]",
          "--set", "streams.replay.share=0.3",
          "--set", "trainer.finetune.anchors.perBatch=8");

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void aPausedAdapterIsRolledBackThroughAKillAndLearnsOn() throws Exception {
    produce(0, 240, "--trained");
    long released = firstRelease();
    assertThat(versions()).hasSizeGreaterThan((int) released);
    Cli.Result paused = system.run("pause", ADAPTER, "--by=ann", "--timeout=PT3M");
    assertThat(paused.code()).as(paused.err()).isZero();
    int before = versions().size();
    produce(240, 120, "--wait");
    assertThat(system.run("status").out()).contains("paused since 20").contains(" by ann");

    system.stack().kill(AppPlan.TRAIN);
    assertThat(system.run("rollback", ADAPTER, "--to=" + released, "--no-wait").code()).isZero();
    system.stack().restart(AppPlan.TRAIN);
    until(() -> versions().size() > before);
    assertThat(versions()).hasSize(before + 1);
    AdapterVersion back = versions().get(before);
    assertThat(back.getOutcome()).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(back.getParentVersion()).isEqualTo(released);
    assertThat(state().getCurrentVersion()).isEqualTo(released);
    assertThat(state().getPaused()).isTrue();
    Cli.Result again = system.run("rollback", ADAPTER, "--to=" + released, "--timeout=PT1M");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err())
        .isEqualTo(
            "support: the trainer refuses: version %d is current, and nothing came after it\n"
                .formatted(released));

    produce(360, 20, "--wait");
    List<ScoredExample> scored =
        system.all(system.cluster().topics().scored()).stream().map(Entry::value).toList();
    assertThat(scored.get(scored.size() - 1).getAdapterVersion()).isEqualTo(released);

    assertThat(system.run("resume", ADAPTER, "--timeout=PT1M").out())
        .isEqualTo("support: training goes on\n");
    until(() -> versions().size() > before + 1);
    assertThat(versions().get(before + 1).getParentVersion()).isEqualTo(released);
    assertThat(versions().get(before + 1).getTrainedFrom()).isNull();
    until(this::everythingIsInAWindow);
    assertNoReplayOfWhatIsQuarantined(back);
    Cli.Result clean =
        system.run("verify", "--format=json", "--store=" + system.data().resolve("artifacts"));
    assertThat(clean.code()).as(clean.err()).isZero();
  }

  /**
   * Of what streams-app took up after it had read the order; the trainer refuses what was under
   * way.
   */
  private void assertNoReplayOfWhatIsQuarantined(AdapterVersion back) {
    List<OffsetRange> origins =
        back.getQuarantined().stream()
            .filter(range -> range.getTopic().equals("examples.accepted"))
            .toList();
    assertThat(origins).isNotEmpty();
    Quarantine quarantine = new Quarantine(List.of(), origins);
    List<WeightedExample> replays =
        List.of("training", "training.web").stream()
            .flatMap(name -> training(name).stream())
            .filter(entry -> entry.time().isAfter(back.getCreatedAt().plusSeconds(5)))
            .map(Entry::value)
            .filter(example -> example.getReplayOf() != null)
            .toList();
    assertThat(replays).isNotEmpty().noneMatch(quarantine::refuses);
    assertThat(replays)
        .extracting(example -> example.getScored().getOrigin())
        .extracting(RecordOrigin::getOffset)
        .isNotEmpty();
  }

  private List<Entry<WeightedExample>> training(String name) {
    return system.all(
        name.equals("training")
            ? system.cluster().topics().training()
            : system.cluster().topics().training("web"));
  }

  private void produce(int from, int count, String follow) throws IOException {
    List<String> lines =
        IntStream.range(from, from + count)
            .mapToObj(
                n ->
                    "{\"id\":\"q-%d\",\"prompt\":\"what is the code of part %d?\",\"completion\":\" it is %d.\",\"source\":\"%s\"}"
                        .formatted(n, n * 7919, n * 104729, n % 3 == 0 ? "web" : "mail"))
            .toList();
    Path file = Files.write(folder.resolve("lines-" + from + ".jsonl"), lines);
    JsonNode produced =
        system
            .run("produce", ADAPTER, follow, "--timeout=PT4M", "--format=json", file.toString())
            .json()
            .get(0);
    assertThat(produced.get("unsettled").asLong()).as(produced.toString()).isZero();
  }

  private boolean everythingIsInAWindow() {
    JsonNode found = system.run("verify", "--format=json").json().get(0);
    JsonNode records = found.get("records");
    long training = records.path("training.web").asLong() + records.path("training").asLong();
    return found.get("inWindows").asLong() == training;
  }

  private long firstRelease() {
    return versions().stream()
        .filter(version -> version.getOutcome() == Outcome.RELEASED)
        .findFirst()
        .orElseThrow()
        .getVersion();
  }

  private List<AdapterVersion> versions() {
    return system.all(system.cluster().topics().versions()).stream().map(Entry::value).toList();
  }

  private AdapterState state() {
    List<Entry<AdapterState>> states = system.all(system.cluster().topics().adapters());
    return states.get(states.size() - 1).value();
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(4)).until(condition);
  }
}
