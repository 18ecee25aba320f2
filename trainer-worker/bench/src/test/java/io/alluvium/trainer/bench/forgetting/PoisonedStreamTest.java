package io.alluvium.trainer.bench.forgetting;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.bench.forgetting.order.SequenceOrder;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.DomainFiles;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream in which the answers of every fourth window are shuffled, in rounds of production. */
class PoisonedStreamTest {
  private static final Path BASE = Path.of("../models/alluvium-tiny").toAbsolutePath().normalize();
  private static final long SEED = 3;
  private static final int WINDOW = 128;
  private static final int WINDOWS = 12;
  private static final int POISONED = 4;

  @TempDir private Path folder;

  @Test
  void withTheGateItEndsWhereTheCleanStreamEndsAndWithoutItDoesNot() throws IOException {
    double clean = served("default", stream("clean", answers -> answers));
    Stream poisoned = stream("poisoned", PoisonedStreamTest::shuffled);
    double gated = served("default", poisoned);
    double ungated = answered(measured("anchors+flow+replay", poisoned).rows().get(1));
    String figures =
        "seed %d, exact match: %.3f of the clean stream, %.3f of the poisoned one, %.3f without the gate"
            .formatted(SEED, clean, gated, ungated);
    assertThat(clean).as(figures).isGreaterThan(0.9);
    assertThat(gated).as(figures).isGreaterThanOrEqualTo(0.95 * clean);
    assertThat(ungated).as(figures).isLessThan(0.9 * gated);
  }

  /** What a stream is read from, and what is asked after it. */
  private record Stream(Path train, Path test) {}

  /** Exact match of what the gate lets be served in the end. */
  private double served(String arm, Stream stream) throws IOException {
    return answered(Objects.requireNonNull(measured(arm, stream).served()));
  }

  private SequenceResult measured(String arm, Stream stream) throws IOException {
    return SequenceBench.measure(order(arm, stream));
  }

  private static double answered(SequenceResult.Row row) {
    return row.cells().get(0).exactMatch();
  }

  private Stream stream(String name, UnaryOperator<List<String>> poison) throws IOException {
    Random random = new Random(SEED);
    List<String> prompts = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int window = 1; window <= WINDOWS; window++) {
      List<String> own = drawn(random, prompts);
      answers.addAll(window % POISONED == 0 ? poison.apply(own) : own);
    }
    List<String> tests = new ArrayList<>();
    List<String> right = drawn(random, tests);
    return new Stream(
        Files.write(folder.resolve(name), lines(prompts, answers)),
        Files.write(folder.resolve(name + "-test"), lines(tests, right)));
  }

  private static List<String> shuffled(List<String> answers) {
    List<String> shuffled = new ArrayList<>(answers);
    Collections.shuffle(shuffled, new Random(SEED));
    return shuffled;
  }

  private SequenceOrder order(String arm, Stream stream) {
    String train = stream.train().toString();
    DomainFiles domain = new DomainFiles("up", train, Map.of("rule", stream.test().toString()));
    return new SequenceOrder(
        new SequenceOrder.Material(
            BASE.toString(),
            new SequenceOrder.OldText(train, train),
            List.of(domain),
            WINDOW * WINDOWS,
            folder.resolve("shared").toString()),
        folder.resolve(arm + stream.train().getFileName()).toString(),
        arm,
        SEED,
        new SequenceOrder.Stream(WINDOW, 0.2, 256));
  }

  /** The answers of a window, {@code up abc:} being {@code bcd}; its prompts go to a list. */
  private static List<String> drawn(Random random, List<String> prompts) {
    List<String> answers = new ArrayList<>();
    for (int n = 0; n < WINDOW; n++) {
      StringBuilder letters = new StringBuilder();
      StringBuilder answer = new StringBuilder();
      for (int place = 0; place < 3; place++) {
        int letter = random.nextInt(5);
        letters.append((char) ('a' + letter));
        answer.append((char) ('b' + letter));
      }
      prompts.add(letters.toString());
      answers.add(answer.toString());
    }
    return answers;
  }

  private static List<String> lines(List<String> prompts, List<String> answers) {
    List<String> lines = new ArrayList<>();
    for (int n = 0; n < prompts.size(); n++) {
      lines.add(
          "{\"prompt\": \"up %s:\", \"completion\": \" %s\"}"
              .formatted(prompts.get(n), answers.get(n)));
    }
    return lines;
  }
}
