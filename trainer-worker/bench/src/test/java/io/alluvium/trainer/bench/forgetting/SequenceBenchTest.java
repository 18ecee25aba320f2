package io.alluvium.trainer.bench.forgetting;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.bench.forgetting.order.SequenceOrder;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.DomainFiles;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Cell;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceBenchTest {
  private static final Path BASE = Path.of("../models/alluvium-tiny").toAbsolutePath().normalize();
  private static final long SEED = 3;
  private static final int WINDOW = 256;

  @TempDir private Path folder;

  @Test
  void domainsAreLearnedInTurnAndAllAreMeasuredAfterEach() throws IOException {
    SequenceResult result = SequenceBench.measure(order("plain"));
    assertThat(result.rows()).extracting(Row::after).containsExactly("base", "up", "down");
    assertThat(result.verdicts().values()).containsExactly(2);
    assertThat(result.tokens()).isPositive();
    assertThat(loss(result, 1, "up")).isLessThan(loss(result, 0, "up"));
    assertThat(loss(result, 2, "down")).isLessThan(loss(result, 1, "down"));
    assertThat(result.rows().get(2).skills())
        .extracting(Cell::domain)
        .contains("facts", "sort", "add");
  }

  @Test
  void withoutTrainingEveryRowIsTheBases() throws IOException {
    List<Row> rows = SequenceBench.measure(order("none")).rows();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(2).cells()).isEqualTo(rows.get(0).cells());
    assertThat(rows.get(2).skills()).isEqualTo(rows.get(0).skills());
  }

  @Test
  void jointlyAndAloneEachDomainHasItsRow() throws IOException {
    SequenceResult joint = SequenceBench.measure(order("joint"));
    assertThat(joint.rows()).extracting(Row::after).containsExactly("base", "up", "down");
    assertThat(joint.rows().get(2).cells()).isEqualTo(joint.rows().get(1).cells());
    SequenceResult alone = SequenceBench.measure(order("alone"));
    assertThat(loss(alone, 2, "down")).isLessThan(loss(alone, 0, "down"));
    // Nothing of the first is in the second's adapter.
    assertThat(loss(alone, 2, "up")).isGreaterThan(loss(alone, 1, "up"));
    assertThat(alone.rows().get(1).newKl()).isPositive();
  }

  @Test
  void aShareOfTheRecordsFillsFewerWindows() throws IOException {
    assertThat(SequenceBench.measure(order("plain+keep=0.5")).verdicts().values())
        .containsExactly(1);
  }

  private static double loss(SequenceResult result, int row, String domain) {
    return result.rows().get(row).cells().stream()
        .filter(cell -> cell.domain().equals(domain))
        .mapToDouble(Cell::loss)
        .findFirst()
        .orElseThrow();
  }

  private SequenceOrder order(String arm) throws IOException {
    DomainFiles up = domain("up", 1);
    return new SequenceOrder(
        new SequenceOrder.Material(
            BASE.toString(),
            new SequenceOrder.OldText(up.train(), up.train()),
            List.of(up, domain("down", 25)),
            WINDOW,
            folder.resolve("shared").toString()),
        folder.resolve(arm).toString(),
        arm,
        SEED,
        new SequenceOrder.Stream(WINDOW, 0.2, 256));
  }

  /** {@code up abc:} is {@code bcd}. */
  private DomainFiles domain(String verb, int shift) throws IOException {
    Random random = new Random(SEED);
    List<String> lines = new ArrayList<>();
    while (lines.size() < WINDOW + 16) {
      StringBuilder letters = new StringBuilder();
      StringBuilder answer = new StringBuilder();
      for (int n = 0; n < 3; n++) {
        int letter = random.nextInt(26);
        letters.append((char) ('a' + letter));
        answer.append((char) ('a' + (letter + shift) % 26));
      }
      lines.add(
          "{\"prompt\": \"%s %s:\", \"completion\": \" %s\"}".formatted(verb, letters, answer));
    }
    Path train = Files.write(folder.resolve(verb), lines.subList(0, WINDOW));
    Path test = Files.write(folder.resolve(verb + "-test"), lines.subList(WINDOW, lines.size()));
    return new DomainFiles(verb, train.toString(), Map.of("rules", test.toString()));
  }
}
