package io.alluvium.trainer.model.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.check.ConfigFields;
import io.alluvium.trainer.model.check.FieldTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What tokenizer.json, tokenizer_config.json, special_tokens_map.json and generation_config.json
 * say of the tokens that begin and end texts. What comes before a text is the post-processor's to
 * say and is asked of the tokenizer itself.
 *
 * @param added ids of added tokens by their text
 * @param special texts of the added tokens that are special
 * @param named texts of tokens by the names that templates use, such as {@code eos_token}
 * @param ends ids that end a text; the first is the one that is written; may be empty
 */
public record TokenizerSettings(
    Map<String, Integer> added,
    Set<String> special,
    Map<String, String> named,
    List<Integer> ends) {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String SETTINGS = "tokenizer_config.json";
  private static final String GENERATION = "generation_config.json";
  private static final String ANY_MODEL = "";

  /** Copies. */
  public TokenizerSettings {
    added = Map.copyOf(added);
    special = Set.copyOf(special);
    named = Map.copyOf(named);
    ends = List.copyOf(ends);
  }

  /**
   * Reads the files; only tokenizer.json must be there.
   *
   * @param configured end ids of config.json
   * @throws BadModelFolderException naming a file that is no JSON, or a field that would change
   *     what the tokenizer does
   */
  public static TokenizerSettings read(Path folder, List<Integer> configured) throws IOException {
    JsonNode tokenizer = ConfigFields.read(folder.resolve(TOKENIZER)).json();
    JsonNode settings = ConfigFields.read(folder.resolve(SETTINGS)).json();
    ConfigFields generation = ConfigFields.read(folder.resolve(GENERATION));
    FieldTable.check(folder.resolve(SETTINGS), ANY_MODEL, settings);
    FieldTable.check(generation.file(), ANY_MODEL, generation.json());
    Map<String, Integer> added = new HashMap<>();
    Set<String> special = new HashSet<>();
    for (JsonNode token : tokenizer.path("added_tokens")) {
      added.put(token.path("content").asText(), token.path("id").asInt());
      if (token.path("special").asBoolean()) {
        special.add(token.path("content").asText());
      }
    }
    requireAdded(folder, settings, added.keySet());
    requireSpaces(folder, settings, tokenizer);
    Map<String, String> named =
        named(ConfigFields.read(folder.resolve("special_tokens_map.json")).json());
    named.putAll(named(settings));
    Set<Integer> ends = new LinkedHashSet<>();
    if (named.containsKey("eos_token")) {
      ends.add(id(folder, tokenizer, named.get("eos_token")));
    }
    List<Integer> stops = generation.ids("eos_token_id");
    ends.addAll(stops.isEmpty() ? configured : stops);
    return new TokenizerSettings(added, special, named, List.copyOf(ends));
  }

  /** Of an added token, or of one of the vocabulary. */
  private static int id(Path folder, JsonNode tokenizer, String text) throws IOException {
    for (JsonNode token : tokenizer.path("added_tokens")) {
      if (token.path("content").asText().equals(text)) {
        return token.path("id").asInt();
      }
    }
    JsonNode vocabulary = tokenizer.path("model").path("vocab");
    if (vocabulary.path(text).isInt()) {
      return vocabulary.path(text).asInt();
    }
    for (int id = 0; vocabulary.isArray() && id < vocabulary.size(); id++) {
      if (vocabulary.path(id).path(0).asText().equals(text)) {
        return id;
      }
    }
    throw new BadModelFolderException(
        folder.resolve(SETTINGS), "eos_token '" + text + "' is no token of tokenizer.json");
  }

  /** Texts of the tokens that can end a turn: special ones, and those that end a text. */
  public List<String> endMarks() {
    return added.entrySet().stream()
        .filter(token -> special.contains(token.getKey()) || ends.contains(token.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Map<String, String> named(JsonNode settings) {
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

  /** transformers add these to the tokenizer; the tokenizer here is tokenizer.json alone. */
  private static void requireAdded(Path folder, JsonNode settings, Set<String> added)
      throws BadModelFolderException {
    List<String> named = new ArrayList<>();
    settings.path("added_tokens_decoder").forEach(token -> named.add(content(token)));
    for (String field : List.of("additional_special_tokens", "extra_special_tokens")) {
      settings.path(field).forEach(token -> named.add(content(token)));
    }
    for (String token : named) {
      if (!added.contains(token)) {
        throw new BadModelFolderException(
            folder.resolve(SETTINGS),
            "token '"
                + token
                + "' is not among the added_tokens of tokenizer.json: save the tokenizer again with transformers");
      }
    }
  }

  private static String content(JsonNode token) {
    return token.isObject() ? token.path("content").asText() : token.asText();
  }

  private static void requireSpaces(Path folder, JsonNode settings, JsonNode tokenizer)
      throws BadModelFolderException {
    JsonNode wanted = settings.path("add_prefix_space");
    JsonNode there = tokenizer.path("pre_tokenizer").path("add_prefix_space");
    if (wanted.isBoolean() && there.isBoolean() && !wanted.equals(there)) {
      throw new BadModelFolderException(
          folder.resolve(SETTINGS),
          "add_prefix_space is " + wanted + ", in tokenizer.json it is " + there);
    }
  }
}
