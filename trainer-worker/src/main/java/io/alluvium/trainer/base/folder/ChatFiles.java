package io.alluvium.trainer.base.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.alluvium.trainer.base.folder.config.BadModelFolderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a model folder that say how conversations are written. */
public final class ChatFiles {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEMPLATE = "chat_template.jinja";
  private static final String SETTINGS = "tokenizer_config.json";

  private ChatFiles() {}

  /**
   * A chat template and what it needs to know.
   *
   * @param file where it stands
   * @param template Jinja source
   * @param tokens texts of special tokens by the names that templates use, such as {@code
   *     bos_token}
   * @param specialTokens texts of all special tokens of the tokenizer
   */
  public record Source(
      Path file, String template, Map<String, String> tokens, List<String> specialTokens) {}

  /**
   * Reads {@code chat_template.jinja}, or {@code chat_template} in tokenizer_config.json: one
   * template, or the one named {@code default} of several.
   *
   * @return empty for a folder without a template
   * @throws BadModelFolderException when a file is not valid JSON
   */
  public static Optional<Source> read(Path folder) throws IOException {
    JsonNode settings = json(folder.resolve(SETTINGS));
    Optional<Path> file = file(folder);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String template =
        file.get().endsWith(TEMPLATE) ? Files.readString(file.get()) : template(settings);
    return Optional.of(new Source(file.get(), template, tokens(settings), special(folder)));
  }

  /** The file that holds the template, and so decides what tokens a conversation becomes. */
  static Optional<Path> file(Path folder) throws IOException {
    if (Files.isRegularFile(folder.resolve(TEMPLATE))) {
      return Optional.of(folder.resolve(TEMPLATE));
    }
    return template(json(folder.resolve(SETTINGS))).isEmpty()
        ? Optional.empty()
        : Optional.of(folder.resolve(SETTINGS));
  }

  private static String template(JsonNode settings) {
    JsonNode templates = settings.path("chat_template");
    for (JsonNode named : templates) {
      if (named.path("name").asText().equals("default")) {
        return named.path("template").asText();
      }
    }
    return templates.asText("");
  }

  private static Map<String, String> tokens(JsonNode settings) {
    Map<String, String> tokens = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : settings.properties()) {
      JsonNode value = field.getValue();
      if (field.getKey().endsWith("_token") && (value.isObject() || value.isTextual())) {
        tokens.put(
            field.getKey(), value.isObject() ? value.path("content").asText() : value.asText());
      }
    }
    return tokens;
  }

  private static List<String> special(Path folder) throws IOException {
    List<String> special = new ArrayList<>();
    for (JsonNode token : json(folder.resolve("tokenizer.json")).path("added_tokens")) {
      if (token.path("special").asBoolean()) {
        special.add(token.path("content").asText());
      }
    }
    return List.copyOf(special);
  }

  private static JsonNode json(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new BadModelFolderException(file, "not valid JSON (" + e.getOriginalMessage() + ")");
    }
  }
}
