package io.alluvium.trainer.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.check.ConfigFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a model folder that say how conversations are written. */
public final class ChatFiles {
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
   * @param endMarks texts of the tokens that can end a turn
   */
  public record Source(
      Path file, String template, Map<String, String> tokens, List<String> endMarks) {}

  /**
   * Reads {@code chat_template.jinja}, or {@code chat_template} in tokenizer_config.json: one
   * template, or the one named {@code default} of several.
   *
   * @param tokens of the same folder
   * @return empty for a folder without a template
   * @throws BadModelFolderException when a file is not valid JSON
   */
  public static Optional<Source> read(Path folder, TokenizerSettings tokens) throws IOException {
    JsonNode settings = ConfigFields.read(folder.resolve(SETTINGS)).json();
    Optional<Path> file = file(folder);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String template =
        file.get().endsWith(TEMPLATE) ? Files.readString(file.get()) : template(settings);
    return Optional.of(new Source(file.get(), template, tokens.named(), tokens.endMarks()));
  }

  /** The file that holds the template, and so decides what tokens a conversation becomes. */
  public static Optional<Path> file(Path folder) throws IOException {
    if (Files.isRegularFile(folder.resolve(TEMPLATE))) {
      return Optional.of(folder.resolve(TEMPLATE));
    }
    return template(ConfigFields.read(folder.resolve(SETTINGS)).json()).isEmpty()
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
}
