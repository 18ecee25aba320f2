package io.alluvium.cli.produce.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.produce.shape.Shape;
import io.alluvium.cli.produce.shape.Shaping;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.Messages;
import io.alluvium.trainer.line.Line;
import io.alluvium.trainer.line.LineSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleLinesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final ExampleLines lines = lines("support", Shape.auto);

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
        .containsExactly(Messages.of("user", "q"), Messages.of("assistant", "a"));
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
        "[1]|not a JSON object: write one object a line, as jq -c '.[]' does with a list",
        "{\"prompt\":1,\"completion\":\"b\"}|prompt is not a string",
        "{\"messages\":[]}|messages is not a list with at least one message",
        "{\"messages\":[{\"role\":\"user\"}]}|message 1 has no content",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"importance\":-1}|importance -1 is not a number above 0",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"id\":\"\"}|id is empty",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"weight\":1}|unknown field \"weight\"; put data of your own under labels",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":1795660812}|eventTime 1795660812 lies before April 1973: give milliseconds since the epoch, not seconds",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":99999999999999999999999}|eventTime 99999999999999999999999 lies after the year 9999: give milliseconds since the epoch",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":-99999999999999999999999}|eventTime -99999999999999999999999 lies before April 1973: give milliseconds since the epoch, not seconds",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":1795660812.5}|eventTime 1795660812.5 is no time: give whole milliseconds since the epoch, or ISO 8601 with an offset",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":1e400}|eventTime 1E+400 is no time: give whole milliseconds since the epoch, or ISO 8601 with an offset",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":true}|eventTime true is no time: give whole milliseconds since the epoch, or ISO 8601 with an offset",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":1795660812123456}|eventTime 1795660812123456 lies after the year 9999: give milliseconds since the epoch",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":\"+999999999-12-31T23:59:59Z\"}|eventTime \"+999999999-12-31T23:59:59Z\" lies outside the years 1970 to 9999",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":\"0001-01-01T00:00:00Z\"}|eventTime \"0001-01-01T00:00:00Z\" lies outside the years 1970 to 9999",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"labels\":{\"n\":1}}|labels.n is 1, not a string: write it as text",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"labels\":{\"deep\":{\"a\":1}}}|labels.deep is {\"a\":1}, not a string: write it as text",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"labels\":{\"none\":null}}|labels.none is null, not a string: write it as text",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"weight\":0}]}|every assistant message has weight 0: nothing would be learned",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"weight\":0.5}]}|weight of message 1 is 0.5: give 1 (learned) or 0 (only read)",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"weight\":\"1\"}]}|weight of message 1 is \"1\": give 1 (learned) or 0 (only read)",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"tool_calls\":[1]}]}|tool_calls of message 1 is not a list of objects",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"tool_calls\":\"x\"}]}|tool_calls of message 1 is not a list of objects",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":null}]}|message 1 has no content",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":null,\"function_call\":{\"name\":\"f\"}}]}|function_call of message 1 is the old form: write tool_calls",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"refusal\":\"no\"}]}|refusal of message 1 is not learned: give what is to be said as content",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\",\"mood\":\"x\"}]}|unknown field \"mood\" of message 1; it would not be learned",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\",\"image_url\":{}}]}]}|message 1 has a part of type \"image_url\": only text is learned",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":[\"a\"]}]}|message 1 has a part of type : only text is learned",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":5}]}|content of message 1 is neither a string nor a list of parts",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\"}],\"functions\":[{}]}|functions is the old form: write tools, a list of {\"type\":\"function\",\"function\":{...}}",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"b\"}],\"tools\":{}}|tools is not a list of objects",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"tools\":[{}]}|tools stand beside prompt and completion: only messages can call them",
        "{\"text\":\"a whole document\"}|a text alone, without an answer: to have all of it learned, give it as completion beside an empty prompt",
        "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\"}|a pair of preferences (chosen, rejected), which is not learned: give the better answer alone as completion",
        "{\"messages\":[\"hello\"]}|message 1 is no object with role and content",
        "{\"prompt\":\"a\",\"completion\":\"b\",\"eventTime\":\"noon\"}|eventTime \"noon\" is neither ISO 8601 with an offset nor milliseconds since the epoch",
      })
  void lineThatBreaksARuleIsMalformedForThatReason(String line, String reason) {
    assertThat(lines.parse(line(line), NOW)).isEqualTo(new ParsedLine.Malformed(reason));
  }

  @Test
  void fieldsOfOpenAisMessagesAreReadAsTheyAre() {
    TrainingExample example =
        example(
            """
            {"messages":[{"role":"developer","content":"be brief"},\
            {"role":"user","content":[{"type":"text","text":"temp"},{"type":"text","text":"erature?"}],"name":"ann"},\
            {"role":"assistant","content":"warm","weight":0},\
            {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",\
            "function":{"name":"read","arguments":"{\\"at\\": 1.50}"}}],"function_call":null,"refusal":null},\
            {"role":"tool","content":"21","tool_call_id":"c1"},\
            {"role":"assistant","content":"21 degrees","weight":1.0,"tool_calls":[]}],\
            "tools":[{"type":"function","function":{"name":"read","parameters":{"max":1.50}}}]}""");
    assertThat(example.getMessages())
        .extracting(Message::getRole)
        .containsExactly("system", "user", "assistant", "assistant", "tool", "assistant");
    assertThat(example.getMessages())
        .extracting(Message::getContent)
        .containsExactly("be brief", "temperature?", "warm", "", "21", "21 degrees");
    assertThat(example.getMessages())
        .extracting(Message::getWeight)
        .containsExactly(1, 1, 0, 1, 1, 1);
    assertThat(example.getMessages().get(1).getName()).isEqualTo("ann");
    assertThat(example.getMessages().get(3).getToolCalls())
        .isEqualTo(
            "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"read\",\"arguments\":\"{\\\"at\\\": 1.50}\"}}]");
    assertThat(example.getMessages().get(4).getToolCallId()).isEqualTo("c1");
    assertThat(example.getMessages().get(5).getToolCalls()).isNull();
    assertThat(example.getTools())
        .isEqualTo(
            "[{\"type\":\"function\",\"function\":{\"name\":\"read\",\"parameters\":{\"max\":1.50}}}]");
  }

  @Test
  void everyFieldOfAMessageIsPartOfTheIdAndOneThatIsNotGivenIsNot() {
    String plain = "{\"role\":\"user\",\"content\":\"q\"}";
    List<String> ids =
        Stream.of(
                "{\"role\":\"assistant\",\"content\":\"a\"}",
                "{\"role\":\"assistant\",\"content\":\"a\",\"name\":\"n\"}",
                "{\"role\":\"assistant\",\"content\":\"a\",\"tool_calls\":[{}]}",
                "{\"role\":\"tool\",\"content\":\"a\"}",
                "{\"role\":\"tool\",\"content\":\"a\",\"tool_call_id\":\"n\"}",
                "{\"role\":\"user\",\"content\":\"a\",\"weight\":0}")
            .map(last -> example("{\"messages\":[%s,%s]}".formatted(plain, last)).getId())
            .toList();
    assertThat(ids).doesNotHaveDuplicates().first().isEqualTo("b391f6ca5cfab78deb7a066b497f3277");
    String spelt = "{\"role\":\"assistant\",\"content\":\"a\",\"weight\":1,\"name\":null}";
    assertThat(example("{\"messages\":[%s,%s]}".formatted(plain, spelt)).getId())
        .isEqualTo(ids.get(0));
    assertThat(example("{\"messages\":[%s,%s],\"tools\":[{}]}".formatted(plain, spelt)).getId())
        .isNotIn(ids);
  }

  @Test
  void lineMayNameItsAdapter() {
    String named = "{\"prompt\":\"a\",\"completion\":\"b\",\"adapter\":\"sales\"}";
    assertThat(example(named).getAdapter()).isEqualTo("sales");
    String unnamed = "{\"prompt\":\"a\",\"completion\":\"b\"}";
    assertThat(
            new ExampleLines(null, Pattern.compile("[a-z]+"), shaping()).parse(line(unnamed), NOW))
        .isEqualTo(
            new ParsedLine.Malformed("names no adapter: add the field adapter, or give --adapter"));
    assertThat(
            new ExampleLines("x", Pattern.compile("[a-z]+"), shaping())
                .parse(line(named.replace("sales", "bad adapter!")), NOW))
        .isEqualTo(
            new ParsedLine.Malformed("adapter \"bad adapter!\" is no id, it must match [a-z]+"));
  }

  private TrainingExample example(String line) {
    ParsedLine parsed = lines.parse(line(line), NOW);
    assertThat(parsed).isInstanceOf(ParsedLine.Example.class);
    return ((ParsedLine.Example) parsed).value();
  }

  private static ExampleLines lines(String adapter, Shape shape) {
    return new ExampleLines(adapter, new Shaping(shape, note -> {}));
  }

  private static Shaping shaping() {
    return new Shaping(Shape.auto, note -> {});
  }

  private static Line line(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (LineSource source = new LineSource(new ByteArrayInputStream(bytes))) {
      return Objects.requireNonNull(source.next());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
