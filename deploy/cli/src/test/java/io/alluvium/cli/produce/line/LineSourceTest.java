package io.alluvium.cli.produce.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSourceTest {
  @Test
  void byteOrderMarkBeforeTheFirstLineIsNotPartOfIt() throws IOException {
    assertThat(texts("\uFEFF{\"a\":1}\r\n\uFEFF{\"b\":2}\n"))
        .containsExactly("{\"a\":1}\r", "\uFEFF{\"b\":2}");
  }

  @Test
  void lineInAnotherEncodingCostsThatLineAlone() throws IOException {
    byte[] latin = "one\ngr\u00fcn\n\nfour".getBytes(StandardCharsets.ISO_8859_1);
    try (LineSource source = new LineSource(new ByteArrayInputStream(latin))) {
      assertThat(source.all())
          .containsExactly(
              new LineSource.Line(1, "one"),
              new LineSource.Line(2, null),
              new LineSource.Line(3, ""),
              new LineSource.Line(4, "four"));
    }
  }

  private static List<String> texts(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (LineSource source = new LineSource(new ByteArrayInputStream(bytes))) {
      return source.all().stream().map(LineSource.Line::text).toList();
    }
  }
}
