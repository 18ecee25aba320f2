package io.alluvium.cli.produce.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleLinesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final ExampleLines lines = new ExampleLines("support");

  @Test
  void pairWithEveryOptionalFieldIsReadAsWritten() {
    TrainingExample example =
        example(
            """
            {"prompt":"a","completion":" b","id":"7","eventTime":"2025-01-01T00:00:00Z",\
            "source":"s","importance":2,"subject":"who","labels":{"k":"v"}}""");
    assertThat(example.getId()).isEqualTo("7");
    assertThat(example.getAdapter()).isEqualTo("support");
    assertThat(example.getPrompt()).isEqualTo("a");
    assertThat(example.getCompletion()).isEqualTo(" b");
    assertThat(example.getEventTime()).isEqualTo(Instant.parse("2025-01-01T00:00:00Z"));
    assertThat(example.getSource()).isEqualTo("s");
    assertThat(example.getImportance()).isEqualTo(2.0);
    assertThat(example.getSubject()).isEqualTo("who");
    assertThat(example.getLabels()).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void conversationIsReadInOrder() {
    TrainingExample example =
        example(
            """
            {"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""");
    assertThat(example.getMessages())
        .containsExactly(new Message("user", "q"), new Message("assistant", "a"));
    assertThat(example.getPrompt()).isNull();
  }

  @Test
  void lineWithoutTimeGetsNowAndEpochMillisecondsAreUnderstood() {
    assertThat(example("{\"prompt\":\"a\",\"completion\":\"b\"}").getEventTime()).isEqualTo(NOW);
    assertThat(
            example("{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":1795660812123}")
                .getEventTime())
        .isEqualTo(Instant.ofEpochMilli(1_795_660_812_123L));
  }

  @Test
  void idOfContentIsStableAndTellsWhereTheTextIsCut() {
    String first = example("{\"prompt\":\"ab\",\"completion\":\"c\"}").getId();
    assertThat(first).isEqualTo("430fb1b4ac43316eca81fab27a1930ab");
    assertThat(example("{\"completion\":\"c\",\"prompt\":\"ab\",\"source\":\"x\"}").getId())
        .isEqualTo(first);
    assertThat(example("{\"prompt\":\"a\",\"completion\":\"bc\"}").getId()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"prompt\":\"a\"}|needs either prompt and completion, or messages",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"messages\":[{\"role\":\"r\",\"content\":\"c\"}]}|needs either prompt and completion, or messages",
        "{}|needs either prompt and completion, or messages",
        "[1]|not a JSON object",
        "{\"prompt\":1,\"completion\":\"b\"}|prompt is not a string",
        "{\"messages\":[]}|messages is not a list with at least one message",
        "{\"messages\":[{\"role\":\"user\"}]}|a message has no content",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"importance\":-1}|importance -1 is not a number above 0",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"id\":\"\"}|id is empty",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"weight\":1}|unknown field \"weight\"; put data of your own under labels",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":1795660812}|eventTime 1795660812 lies before April 1973: give milliseconds since the epoch, not seconds",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":99999999999999999999999}|eventTime 99999999999999999999999 lies after the year 9999: give milliseconds since the epoch",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":-99999999999999999999999}|eventTime -99999999999999999999999 lies before April 1973: give milliseconds since the epoch, not seconds",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"labels\":{\"n\":1}}|labels.n is 1, not a string: write it as text",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"labels\":{\"deep\":{\"a\":1}}}|labels.deep is {\"a\":1}, not a string: write it as text",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"labels\":{\"none\":null}}|labels.none is null, not a string: write it as text",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"weight\":0}]}|unknown field \"weight\" of a message; only role and content are learned",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"tool_calls\":[]}]}|unknown field \"tool_calls\" of a message; only role and content are learned",
        "{\"messages\":[\"hello\"]}|a message is no object with role and content",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":\"noon\"}|eventTime \"noon\" is neither ISO 8601 with an offset nor milliseconds since the epoch",
      })
  void lineThatBreaksARuleIsMalformedForThatReason(String line, String reason) {
    assertThat(lines.parse(line, NOW)).isEqualTo(new ParsedLine.Malformed(reason));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"prompt\":",
        "{\"prompt\":\"a\",\"completion\":\"b\"} x",
        "{\"prompt\":\"a\",\"prompt\":\"b\",\"completion\":\"c\"}"
      })
  void textThatIsNoSingleJsonObjectIsMalformed(String line) {
    assertThat(lines.parse(line, NOW))
        .isInstanceOfSatisfying(
            ParsedLine.Malformed.class, bad -> assertThat(bad.reason()).startsWith("not JSON: "));
  }

  @Test
  void lineMayNameItsAdapter() {
    String named = "{\"prompt\":\"a\",\"completion\":\"b\",\"adapter\":\"sales\"}";
    assertThat(example(named).getAdapter()).isEqualTo("sales");
    String unnamed = "{\"prompt\":\"a\",\"completion\":\"b\"}";
    assertThat(new ExampleLines(null, Pattern.compile("[a-z]+")).parse(unnamed, NOW))
        .isEqualTo(
            new ParsedLine.Malformed("names no adapter: add the field adapter, or give --adapter"));
    assertThat(
            new ExampleLines("x", Pattern.compile("[a-z]+"))
                .parse(named.replace("sales", "bad adapter!"), NOW))
        .isEqualTo(
            new ParsedLine.Malformed("adapter \"bad adapter!\" is no id, it must match [a-z]+"));
  }

  private TrainingExample example(String line) {
    ParsedLine parsed = lines.parse(line, NOW);
    assertThat(parsed).isInstanceOf(ParsedLine.Example.class);
    return ((ParsedLine.Example) parsed).value();
  }
}
