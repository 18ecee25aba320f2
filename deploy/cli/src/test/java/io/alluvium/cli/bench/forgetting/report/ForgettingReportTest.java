package io.alluvium.cli.bench.forgetting.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.bench.forgetting.order.SequenceResult;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Cell;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Row;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ForgettingReportTest {
  @Test
  void figuresComeFromTheMatrix() {
    ArmFigures figures = ArmFigures.of(result(1, 0.5), "rules");
    assertThat(figures.answers().learned()).isEqualTo((0.8 + 0.9) / 2, within(1e-12));
    assertThat(figures.answers().kept()).isEqualTo((0.5 + 0.9) / 2, within(1e-12));
    assertThat(figures.answers().transfer()).isEqualTo(0.5 - 0.8, within(1e-12));
    assertThat(figures.answers().worst()).isEqualTo(0.5 - 0.8, within(1e-12));
    assertThat(figures.old().rules()).isEqualTo(0.75 - 1.0, within(1e-12));
    assertThat(figures.old().facts()).isEqualTo(0.25 - 1.0, within(1e-12));
    assertThat(figures.old().skills()).isEqualTo(0.5, within(1e-12));
    assertThat(figures.old().text()).isNaN();
    // Of domain one: 2 nats, 1 when it was learned, 1.25 at the end.
    assertThat(figures.nats().lost()).isEqualTo(0.25, within(1e-12));
    assertThat(figures.nats().worst()).isEqualTo(0.25, within(1e-12));
    assertThat(figures.nats().kl()).isEqualTo(0.5, within(1e-12));
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
    assertThat(new ForgettingReport(List.of(result(1, 0.5), result(2, 0.7))).tables())
        .filteredOn(line -> line.startsWith("| `plain` |"))
        .hasSize(2)
        .last()
        .asString()
        .contains("-0.200 ± 1.271");
  }

  @Test
  void columnsThatSayNothingAreLeftOut() {
    assertThat(new ForgettingReport(List.of(result(1, 0.5))).tables())
        .filteredOn(line -> line.startsWith("| arm |"))
        .allSatisfy(line -> assertThat(line).contains("old skills").doesNotContain("old text"));
  }

  @Test
  void aChartIsXmlWithAPointForEachArm() throws Exception {
    ArmChart chart = new ForgettingReport(List.of(result(1, 0.5), result(2, 0.7))).charts().get(1);
    assertThat(chart.name()).isEqualTo("rules");
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(chart.svg().getBytes(StandardCharsets.UTF_8)));
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(1);
    assertThat(chart.svg()).contains(">plain</text>").doesNotContain("NaN");
  }

  @Test
  void aMatrixHasARowForTheBaseAndForEachDomain() {
    assertThat(new ForgettingReport(List.of(result(1, 0.5))).matrices())
        .contains("| after | one | two |", "| two | 0.500 (1.250) | 0.900 (1.000) |");
  }

  private static SequenceResult result(long seed, double left) {
    return new SequenceResult(
        "plain",
        seed,
        List.of(
            row("base", 2, List.of(0.0, 0.0), List.of(1.0, 1.0, 0.1)),
            row("one", 1, List.of(0.8, 0.0), List.of(1.0, 1.0, 0.1)),
            row("two", 1.25, List.of(left, 0.9), List.of(0.75, 0.25, 0.6))),
        null,
        Map.of("released", 2),
        List.of(),
        100,
        2.0);
  }

  /** Loss on domain one; exact match on both; sort, facts and the loss on both. */
  private static Row row(String after, double loss, List<Double> match, List<Double> old) {
    return new Row(
        after,
        List.of(
            new Cell("one", "rules", loss, match.get(0)),
            new Cell("two", "rules", 1, match.get(1)),
            new Cell("one", "facts", 1, 0),
            new Cell("two", "facts", 1, 0)),
        List.of(
            new Cell("sort", "", old.get(2), old.get(0)),
            new Cell("facts", "", old.get(2), old.get(1))),
        0.5);
  }
}
