package io.alluvium.trainer.line;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineSourceTest {
  @Test
  void byteOrderMarkAndCarriageReturnsAreNoPartOfLines() throws IOException {
    assertThat(shown(lines("\uFEFF{\"a\":1}\r\n\r\n{\"b\":2}\r\n", UTF_8)))
        .containsExactly("1 {\"a\":1}", "3 {\"b\":2}");
    assertThat(shown(lines("{}\n\uFEFF{}\n", UTF_8)).get(1)).startsWith("2 not JSON: ");
  }

  @Test
  void lineInAnotherEncodingCostsThatLineAlone() throws IOException {
    assertThat(shown(lines("{\"a\":1}\n{\"gr\u00fcn\":2}\n\n{\"c\":3}", ISO_8859_1)))
        .containsExactly(
            "1 {\"a\":1}",
            "2 not UTF-8 (byte 0xFC after 4 characters): save it as UTF-8",
            "4 {\"c\":3}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void fileOfWideCharactersIsNamedAsSuch(String encoding) {
    for (String mark : List.of("", "\uFEFF")) {
      if (encoding.equals("UTF-16") && mark.isEmpty()) {
        continue;
      }
      byte[] bytes = (mark + "{\"a\":1}\n").getBytes(Charset.forName(encoding));
      assertThatThrownBy(() -> new LineSource(new ByteArrayInputStream(bytes)).next())
          .isInstanceOf(EncodingException.class)
          .hasMessage(
              "it is UTF-%s, not UTF-8: save it as UTF-8", encoding.contains("32") ? "32" : "16");
      assertThatThrownBy(() -> LineSource.count(new ByteArrayInputStream(bytes)))
          .isInstanceOf(EncodingException.class);
    }
  }

  @Test
  void packedFileIsNamedAsSuch() {
    byte[] bytes = {0x1F, (byte) 0x8B, 8, 0, 0, 0};
    assertThatThrownBy(() -> new LineSource(new ByteArrayInputStream(bytes)).next())
        .hasMessage("it is compressed by gzip, unpack it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[1]|not a JSON object: write one object a line, as jq -c '.[]' does with a list",
        "7|not a JSON object",
        "null|not a JSON object",
        "{\"a\":1} x|not JSON: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
        "{\"a\":1} {}|not JSON: something stands behind the object",
        "{\"a\":1,\"a\":2}|not JSON: field \"a\" stands twice",
        "{\"a\":{\"b\":1,\"b\":1}}|not JSON: field \"b\" stands twice",
        "{\"a\":NaN}|not JSON: Non-standard token 'NaN'",
        "{\"a\":-Infinity}|not JSON: Non-standard token '-Infinity'",
        "{\"a\":\"\\ud800\"}|a holds half a character (a lone surrogate, \\ud800 to \\udfff)",
        "{\"a\":[{\"b\":\"x\\udc00\"}]}|a[0].b holds half a character (a lone surrogate, \\ud800 to \\udfff)",
        "{\"a\":{\"\\ud800x\":1}}|the name of a field of a holds half a character",
      })
  void lineThatIsNoStrictObjectOfUnicodeIsBroken(String text, String reason) throws IOException {
    assertThat(lines(text, UTF_8)).containsExactly(new Line.Broken(1, reason));
  }

  @Test
  void pairOfSurrogatesIsACharacter() throws IOException {
    assertThat(shown(lines("{\"a\":\"\\ud83d\\ude00\"}", UTF_8)))
        .containsExactly("1 {\"a\":\"😀\"}");
  }

  @Test
  void deepLineCostsThatLineAndNoStack() throws IOException {
    String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}\n{\"b\":2}";
    assertThat(shown(lines(deep, UTF_8)))
        .containsExactly("1 not JSON: nested deeper than 100", "2 {\"b\":2}");
  }

  @Test
  void lineThatIsTooLongCostsThatLineAndIsNotKept() throws IOException {
    byte[] big = new byte[LineSource.MOST_BYTES + 1];
    Arrays.fill(big, (byte) 'x');
    InputStream bytes =
        new SequenceInputStream(
            new ByteArrayInputStream(big), new ByteArrayInputStream("\n{\"b\":2}".getBytes(UTF_8)));
    assertThat(shown(new LineSource(bytes).all()))
        .containsExactly("1 16777217 bytes, at most 16777216 are read: shorten it", "2 {\"b\":2}");
  }

  @Test
  void longTextIsReadWhole() throws IOException {
    String text = "ä".repeat(300_000);
    assertThat(lines("{}\n{\"a\":\"" + text + "\"}\n{}", UTF_8))
        .satisfiesExactly(
            first -> assertThat(first.number()).isEqualTo(1),
            long1 -> assertThat(((Line.Read) long1).json().path("a").textValue()).isEqualTo(text),
            last -> assertThat(last.number()).isEqualTo(3));
  }

  @Test
  void numbersKeepTheirDigits() throws IOException {
    assertThat(shown(lines("{\"a\":1.50,\"b\":12345678901234567890.12}", UTF_8)))
        .containsExactly("1 {\"a\":1.50,\"b\":12345678901234567890.12}");
  }

  @Test
  void blankLinesCountAndALastOneNeedsNoEnd() throws IOException {
    assertThat(LineSource.count(stream("\n \n{}", UTF_8))).isEqualTo(3);
    assertThat(LineSource.count(stream("{}\n", UTF_8))).isEqualTo(1);
    assertThat(LineSource.count(stream("", UTF_8))).isZero();
    assertThat(lines("\n\t\n", UTF_8)).isEmpty();
  }

  private static List<Line> lines(String text, Charset encoding) throws IOException {
    try (LineSource source = new LineSource(stream(text, encoding))) {
      return source.all();
    }
  }

  private static InputStream stream(String text, Charset encoding) {
    return new ByteArrayInputStream(text.getBytes(encoding));
  }

  private static List<String> shown(List<Line> lines) {
    return lines.stream()
        .map(
            line ->
                line.number()
                    + " "
                    + (line instanceof Line.Broken broken
                        ? broken.reason()
                        : ((Line.Read) line).json().toString()))
        .toList();
  }
}
