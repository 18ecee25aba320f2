package io.alluvium.cli.bench.forgetting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.bench.forgetting.SequenceResult;
import io.alluvium.trainer.bench.forgetting.SequenceResult.Cell;
import io.alluvium.trainer.bench.forgetting.SequenceResult.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForgettingReportTest {
  @Test
  void figuresComeFromTheMatrix() {
    ArmFigures figures = ArmFigures.of(result(1, 0.5), "rules");
    assertThat(figures.learned()).isEqualTo((0.8 + 0.9) / 2, within(1e-12));
    assertThat(figures.kept()).isEqualTo((0.5 + 0.9) / 2, within(1e-12));
    assertThat(figures.transfer()).isEqualTo(0.5 - 0.8, within(1e-12));
    assertThat(figures.worst()).isEqualTo(0.5 - 0.8, within(1e-12));
    assertThat(figures.oldRules()).isEqualTo(0.75 - 1.0, within(1e-12));
    assertThat(figures.oldFacts()).isEqualTo(0.25 - 1.0, within(1e-12));
    assertThat(figures.oldNats()).isEqualTo(0.5, within(1e-12));
  }

  @Test
  void anIntervalIsThatOfStudentsT() {
    Interval interval = Interval.of(List.of(1.0, 2.0, 3.0));
    assertThat(interval.mean()).isEqualTo(2.0);
    assertThat(interval.half()).isEqualTo(4.302652729696142 / Math.sqrt(3), within(1e-9));
    assertThat(Interval.of(List.of(0.25))).hasToString("0.250");
  }

  @Test
  void eachArmHasALineInBothTables() {
    assertThat(new ForgettingReport(List.of(result(1, 0.5), result(2, 0.7))).lines())
        .filteredOn(line -> line.startsWith("| `plain` |"))
        .hasSize(2)
        .first()
        .asString()
        .contains("-0.200 ± 1.271");
  }

  private static SequenceResult result(long seed, double left) {
    return new SequenceResult(
        "plain",
        seed,
        List.of(
            row("base", 0, 0, 1.0, 1.0, 0.1),
            row("one", 0.8, 0, 1.0, 1.0, 0.1),
            row("two", left, 0.9, 0.75, 0.25, 0.6)),
        Map.of("released", 2),
        List.of(),
        100,
        2.0);
  }

  private static Row row(
      String after, double one, double two, double sort, double facts, double loss) {
    return new Row(
        after,
        List.of(
            new Cell("one", "rules", 1, one),
            new Cell("two", "rules", 1, two),
            new Cell("one", "facts", 1, 0),
            new Cell("two", "facts", 1, 0)),
        List.of(new Cell("sort", "", loss, sort), new Cell("facts", "", loss, facts)));
  }
}
