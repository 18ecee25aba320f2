package io.alluvium.trainer.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.base.chat.UnrenderableChatException;
import io.alluvium.trainer.base.text.ExampleText;
import io.alluvium.trainer.base.text.TokenSequence;
import io.alluvium.trainer.dataset.ItemMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An old skill, frozen: questions whose answers the base knows.
 *
 * @param skill the axis it stands for
 * @param items at least one
 */
public record RetentionSuite(String skill, List<TokenSequence> items) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a JSONL file: {prompt, completion} or {messages}; labels.skill, or else the file's name,
   * names the skill of a line.
   *
   * @return one suite per skill, in order of appearance
   * @throws BadSuiteException when the file or a line cannot be used; names it
   */
  public static List<RetentionSuite> load(Path file, ItemMaker.Encoder encoder, int maxTokens) {
    Map<String, List<TokenSequence>> bySkill = new LinkedHashMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (!line.isBlank()) {
        JsonNode node = parsed(file, number, line);
        String place = "retention suite %s line %d: ".formatted(file, number);
        TokenSequence tokens = tokens(place, encoder, ExampleText.ofJson(node));
        if (tokens.length() > maxTokens) {
          throw new BadSuiteException(
              place
                  + "%d tokens, at most %d are taken (base.maxTokens)"
                      .formatted(tokens.length(), maxTokens));
        }
        bySkill.computeIfAbsent(skill(file, node), skill -> new ArrayList<>()).add(tokens);
      }
    }
    return suites(file, bySkill);
  }

  private static List<RetentionSuite> suites(Path file, Map<String, List<TokenSequence>> bySkill) {
    if (bySkill.isEmpty()) {
      throw new BadSuiteException("retention suite " + file + " is empty: name another file");
    }
    return bySkill.entrySet().stream()
        .map(entry -> new RetentionSuite(entry.getKey(), List.copyOf(entry.getValue())))
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException cause) {
      throw new BadSuiteException(
          "retention suite %s cannot be read (%s): correct gate.retention"
              .formatted(file, cause.getClass().getSimpleName()));
    }
  }

  private static JsonNode parsed(Path file, int number, String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.path("messages").isEmpty() && node.path("completion").asText().isEmpty()) {
        throw new BadSuiteException(
            "retention suite %s line %d: needs prompt and completion, or messages"
                .formatted(file, number));
      }
      return node;
    } catch (JsonProcessingException cause) {
      throw new BadSuiteException(
          "retention suite %s line %d is not JSON: %s"
              .formatted(file, number, cause.getOriginalMessage()));
    }
  }

  private static TokenSequence tokens(String place, ItemMaker.Encoder encoder, ExampleText text) {
    try {
      return encoder.encode(text);
    } catch (UnrenderableChatException cause) {
      throw new BadSuiteException(place + cause.getMessage());
    }
  }

  private static String skill(Path file, JsonNode node) {
    String name = file.getFileName().toString().replaceFirst("\\.jsonl$", "");
    return node.path("labels").path("skill").asText(name);
  }
}
