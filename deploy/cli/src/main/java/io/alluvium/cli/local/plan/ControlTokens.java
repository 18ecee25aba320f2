package io.alluvium.cli.local.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.alluvium.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The texts that a base's tokenizer takes for control tokens, which must not stand in what
 * producers send: of the added tokens in tokenizer.json those that are special, those written
 * {@code <|…|>}, and those that end a text or turn by the word of the other files. Further added
 * tokens, such as runs of blanks or {@code <think>}, are text.
 */
final class ControlTokens {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ControlTokens() {}

  /**
   * In alphabetical order; empty for a folder without tokenizer.json, of which nothing is known.
   *
   * @throws CommandException (usage) when a file is no JSON
   */
  static Optional<List<String>> of(Path base) {
    Path tokenizer = base.resolve("tokenizer.json");
    if (!Files.isRegularFile(tokenizer)) {
      return Optional.empty();
    }
    Set<String> names = endNames(json(base.resolve("tokenizer_config.json")));
    Set<Integer> ids = endIds(base);
    return Optional.of(
        StreamSupport.stream(json(tokenizer).path("added_tokens").spliterator(), false)
            .filter(
                token ->
                    token.path("special").asBoolean()
                        || isMark(text(token))
                        || names.contains(text(token))
                        || ids.contains(token.path("id").asInt(-1)))
            .map(ControlTokens::text)
            .filter(text -> !text.isBlank())
            .distinct()
            .sorted()
            .toList());
  }

  private static String text(JsonNode token) {
    return token.path("content").asText();
  }

  private static boolean isMark(String text) {
    return text.startsWith("<|") && text.endsWith("|>");
  }

  /** What the tokenizer's own settings name as the end. */
  private static Set<String> endNames(JsonNode settings) {
    JsonNode end = settings.path("eos_token");
    return Set.of(end.isObject() ? text(end) : end.asText());
  }

  private static Set<Integer> endIds(Path base) {
    Set<Integer> ids = new TreeSet<>();
    Stream.of("config.json", "generation_config.json")
        .map(name -> json(base.resolve(name)).path("eos_token_id"))
        .forEach(
            end -> {
              if (end.isArray()) {
                end.forEach(one -> ids.add(one.asInt(-1)));
              } else if (end.isInt()) {
                ids.add(end.asInt());
              }
            });
    return ids;
  }

  private static JsonNode json(Path file) {
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "cannot read %s as JSON: take the base's folder as it was published".formatted(file),
          unreadable);
    }
  }
}
