package io.alluvium.streams.bench.planted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.suite.SuiteKey;
import io.alluvium.streams.admit.secret.SecretKind;
import io.alluvium.streams.bench.planted.outcome.Outcome;
import io.alluvium.streams.bench.planted.score.Scorer;
import io.alluvium.streams.bench.planted.score.Scorer.Admitted;
import io.alluvium.streams.bench.planted.score.Scorer.Score;
import io.alluvium.streams.bench.planted.stream.Planted;
import io.alluvium.streams.bench.planted.stream.PlantedStream;
import io.alluvium.streams.bench.planted.task.Task;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.rehearse.Rehearsal;
import io.alluvium.streams.rehearse.RehearsalInput;
import io.alluvium.streams.rehearse.RehearsalResult.Written;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Leads a planted stream through the whole topology: admitted examples are scored in batches as
 * they come, what is weighed of an adapter becomes its next version window by window, and later
 * examples are scored with that.
 */
public final class PlantedBench implements AutoCloseable {
  /** Admitted examples that are scored together. */
  private static final int BATCH = 64;

  /** Weighed examples of an adapter that make a version. */
  private static final int WINDOW = 256;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final StreamsAppConfig CONFIG = StreamsAppConfig.byDefault();

  private final Rehearsal rehearsal;
  private final Scorer scorer;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Map<Integer, Admitted> waiting = new TreeMap<>();
  private final Map<String, List<Scorer.Weighed>> windows = new TreeMap<>();

  /**
   * Sets up.
   *
   * @param scorer says what is said of examples; stays the caller's
   * @param stateDir an empty folder
   */
  public PlantedBench(Scorer scorer, Path stateDir) {
    this.scorer = scorer;
    this.rehearsal = new Rehearsal(CONFIG, List.of(), stateDir);
  }

  /** Plays a stream; what became of each record, in order. */
  public List<Outcome> play(PlantedStream.Stream stream) {
    String suites = CONFIG.topics().suites().name();
    stream
        .suite()
        .forEach(
            item ->
                rehearsal.play(
                    new RehearsalInput(suites, SuiteKey.of(item), item.getEffectiveFrom(), item)));
    stream.records().forEach(this::admit);
    score();
    return List.copyOf(outcomes);
  }

  private void admit(Planted planted) {
    String topic = CONFIG.topics().examples().name();
    TrainingExample example = planted.example();
    Written written =
        rehearsal
            .play(new RehearsalInput(topic, example.getAdapter(), planted.time(), example))
            .written()
            .get(0);
    boolean isMasked =
        Arrays.stream(SecretKind.values())
            .anyMatch(kind -> written.content().contains(kind.mask()));
    outcomes.add(new Outcome(planted, written.reason(), isMasked, null));
    if (written.reason().isEmpty()) {
      JsonNode text = parsed(written);
      Task task = new Task(text.path("prompt").asText(), text.path("completion").asText());
      waiting.put(outcomes.size() - 1, new Admitted(planted, task));
      if (waiting.size() == BATCH) {
        score();
      }
    }
  }

  private void score() {
    Map<Integer, Score> scores = new TreeMap<>();
    waiting.values().stream()
        .map(one -> one.planted().example().getAdapter())
        .distinct()
        .sorted()
        .forEach(adapter -> score(adapter, scores));
    waiting.forEach((index, admitted) -> weigh(index, admitted, scores.get(index)));
    waiting.clear();
    windows.forEach(this::learn);
  }

  private void score(String adapter, Map<Integer, Score> scores) {
    List<Map.Entry<Integer, Admitted>> own =
        waiting.entrySet().stream()
            .filter(one -> one.getValue().planted().example().getAdapter().equals(adapter))
            .toList();
    List<@Nullable Score> answers =
        scorer.score(adapter, own.stream().map(Map.Entry::getValue).toList());
    for (int i = 0; i < own.size(); i++) {
      Score answer = answers.get(i);
      if (answer != null) {
        scores.put(own.get(i).getKey(), answer);
      }
    }
  }

  private void weigh(int index, Admitted admitted, @Nullable Score score) {
    if (score == null) {
      return;
    }
    Planted planted = admitted.planted();
    List<Written> written =
        rehearsal
            .play(
                new RehearsalInput(
                    CONFIG.topics().scored().name(),
                    planted.example().getAdapter(),
                    planted.time(),
                    scored(index, admitted, score)))
            .written();
    for (Written one : written) {
      if (isFresh(one)) {
        JsonNode training = parsed(one);
        Outcome before = outcomes.get(index);
        double weight = training.path("weight").asDouble();
        outcomes.set(
            index,
            new Outcome(planted, before.reason(), before.isMasked(), weighed(training, score)));
        windows
            .computeIfAbsent(planted.example().getAdapter(), name -> new ArrayList<>())
            .add(new Scorer.Weighed(admitted, weight));
      }
    }
  }

  /** Whether it is to be trained on and no replay, which was counted when it was new. */
  private static boolean isFresh(Written one) {
    return one.topic().equals(CONFIG.topics().training().name())
        && !parsed(one).path("replayOf").isObject();
  }

  private static Outcome.Weighed weighed(JsonNode training, Score score) {
    JsonNode novelty = training.path("noveltyScore");
    return new Outcome.Weighed(
        score.baseLoss(),
        score.adapterLoss(),
        training.path("weight").asDouble(),
        training.path("noveltyClass").textValue(),
        novelty.isNumber() ? novelty.asDouble() : null,
        training.path("novelty").path("drift").textValue());
  }

  private static ScoredExample scored(int index, Admitted admitted, Score score) {
    return ScoredExample.newBuilder()
        .setExample(
            TrainingExample.newBuilder(admitted.planted().example())
                .setPrompt(admitted.task().prompt())
                .setCompletion(admitted.task().completion())
                .build())
        .setOrigin(new RecordOrigin(CONFIG.topics().accepted().name(), 0, (long) index))
        .setBaseDigest("planted")
        .setPromptTokens(1)
        .setResponseTokens(1)
        .setBaseLoss(score.baseLoss())
        .setAdapterLoss(score.adapterLoss())
        .setAdapterVersion(score.version())
        .setEmbedding(score.embedding())
        .setScorerVersion("planted")
        .setScoredAt(admitted.planted().time())
        .build();
  }

  private void learn(String adapter, List<Scorer.Weighed> weighed) {
    if (weighed.size() >= WINDOW) {
      scorer.learn(adapter, List.copyOf(weighed.subList(0, WINDOW)));
      weighed.subList(0, WINDOW).clear();
    }
  }

  private static JsonNode parsed(Written written) {
    try {
      return JSON.readTree(written.content());
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @Override
  public void close() {
    rehearsal.close();
  }
}
