package io.alluvium.cli.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.Cli;
import io.alluvium.cli.produce.line.ExampleLines;
import io.alluvium.cli.produce.line.ParsedLine;
import io.alluvium.cli.produce.shape.Shape;
import io.alluvium.cli.produce.shape.Shaping;
import io.alluvium.trainer.line.LineSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesCommandTest {
  @Test
  void linesAreWhatProduceTakesAndTheQuestionLeftOutIsNotAmongThem() throws IOException {
    Cli.Result samples = Cli.run("samples");
    assertThat(samples.code()).isZero();
    List<String> lines = samples.out().lines().toList();
    assertThat(lines).hasSize(2048).doesNotHaveDuplicates();
    ExampleLines parser = new ExampleLines("support", new Shaping(Shape.alluvium, note -> {}));
    byte[] bytes = samples.out().getBytes(StandardCharsets.UTF_8);
    assertThat(new LineSource(new ByteArrayInputStream(bytes)).all())
        .allSatisfy(
            line ->
                assertThat(parser.parse(line, Instant.EPOCH))
                    .isInstanceOf(ParsedLine.Example.class));
    assertThat(lines).noneMatch(line -> line.contains("the gida shows error 1. what now?"));
    assertThat(samples.errLines())
        .containsExactly(
            "2048 examples; left out is \"the gida shows error 1. what now?\", of which the answer is \"cool the gida\"");
  }

  @Test
  void oneErrorAsksForOneActionOnEveryMachine() {
    assertThat(Cli.run("samples").out().lines().filter(line -> line.contains("error 1")))
        .hasSizeGreaterThan(100)
        .allMatch(line -> line.contains("\"completion\":\" cool the "));
  }

  @Test
  void moreThanThereAreIsWrongUsage() {
    Cli.Result samples = Cli.run("samples", "--count=4000");
    assertThat(samples.code()).isEqualTo(2);
    assertThat(samples.errLines()).containsExactly("--count 4000: there are 1 to 3071 examples");
  }
}
