package io.alluvium.trainer.model.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.model.check.FieldTable.Fate;
import io.alluvium.trainer.model.check.FieldTable.Row;
import io.alluvium.trainer.model.config.ConfigReader;
import io.alluvium.trainer.model.folder.TinyArchitecture;
import io.alluvium.trainer.model.tokenizer.TokenizerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each line of fields.tsv: what it says of a field is what becomes of it.
 *
 * <p>After a change run with {@code -Dalluvium.draw=true} to write the table of REFERENCE.md anew.
 */
class FieldTableTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG = "config.json";
  private static final JsonNode NONSENSE = JsonNodeFactory.instance.textNode("x");
  private static final String HEAD = "| file | model_type | fields | |\n|---|---|---|---|\n";
  private static final Path README =
      Path.of(System.getProperty("alluvium.home", ".."), "trainer-worker", "REFERENCE.md");

  @TempDir Path folder;

  @BeforeEach
  void writeTokenizer() throws IOException {
    TinyArchitecture.LLAMA.weights(folder);
  }

  @TestFactory
  List<DynamicTest> everyLineHolds() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Row row : FieldTable.rows()) {
      for (String model : row.models().contains("*") ? List.of("llama") : row.models()) {
        String name = row.file() + " " + model + " " + row.field();
        tests.add(DynamicTest.dynamicTest(name, () -> check(row, model)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(250);
    return tests;
  }

  @Test
  void aFieldStandsOnceForAModel() {
    Set<String> seen = new HashSet<>();
    for (Row row : FieldTable.rows()) {
      assertThat(seen).doesNotContain(row.file() + "*" + row.field());
      for (String model : row.models()) {
        assertThat(seen.add(row.file() + model + row.field())).as("%s", row).isTrue();
      }
    }
  }

  @Test
  void aFieldThatMayComputeIsRefusedUnlessItIsInert() throws IOException {
    ObjectNode config = config("llama");
    for (String field : List.of("embedding_multiplier", "qk_layernorm", "num_local_experts")) {
      assertThatThrownBy(() -> read(config.deepCopy().put(field, 2)))
          .isInstanceOf(BadModelFolderException.class)
          .hasMessageContaining("field " + field + " is not known for model_type 'llama'");
    }
    ObjectNode inert = config.deepCopy().put("logit_scale", false).putNull("num_experts");
    inert.put("unsloth_version", "2026.1").putObject("rope_extra");
    assertThat(read(inert)).isEqualTo(read(config));
  }

  @Test
  void theReadmeShowsTheTable() throws IOException {
    Map<List<Object>, String> lines =
        FieldTable.rows().stream()
            .collect(
                groupingBy(
                    row -> List.of(row.file(), models(row), fate(row), row.why()),
                    LinkedHashMap::new,
                    mapping(row -> "`" + row.field() + "`", joining(", "))));
    String table =
        lines.entrySet().stream()
            .map(line -> line(line.getKey(), line.getValue()))
            .collect(joining("\n", HEAD, "\n"));
    if (Boolean.getBoolean("alluvium.draw")) {
      Files.writeString(README, redrawn(Files.readString(README), table));
    }
    assertThat(Files.readString(README)).contains(table);
  }

  /** The table ends at the first empty line. */
  private static String redrawn(String readme, String table) {
    int from = readme.indexOf(HEAD);
    return readme.substring(0, from) + table + readme.substring(readme.indexOf("\n\n", from) + 1);
  }

  private static String line(List<Object> key, String fields) {
    String why = key.get(3).equals("") ? "" : ": " + key.get(3);
    return "| %s | %s | %s | %s%s |".formatted(key.get(0), key.get(1), fields, key.get(2), why);
  }

  private static String models(Row row) {
    return row.models().contains("*") ? "all" : String.join(", ", row.models());
  }

  private static String fate(Row row) {
    String words = row.fate().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return row.fate() == Fate.ONLY ? "only " + String.join(", ", row.values()) : words;
  }

  private void check(Row row, String model) throws IOException {
    switch (row.fate()) {
      case REFUSED, ONLY -> {
        assertThat(FieldTable.fault(row.file(), model, with(row.field(), NONSENSE)).orElseThrow())
            .startsWith(row.field() + " 'x' is not supported");
        JsonNode none = with(row.field(), JsonNodeFactory.instance.nullNode());
        assertThat(FieldTable.fault(row.file(), model, none)).isEmpty();
        for (String value : row.values()) {
          JsonNode taken = with(row.field(), JsonNodeFactory.instance.textNode(value));
          assertThat(FieldTable.fault(row.file(), model, taken)).isEmpty();
        }
      }
      case WITHOUT_MEANING -> {
        assertThat(FieldTable.fault(row.file(), model, with(row.field(), NONSENSE))).isEmpty();
        if (row.file().equals(CONFIG)) {
          ObjectNode plain = config(model);
          ObjectNode changed = plain.deepCopy();
          changed.set(row.field(), NONSENSE);
          assertThat(read(changed)).isEqualTo(read(plain));
        }
      }
      case HONOURED -> {
        if (row.file().equals(CONFIG)) {
          assertThat(isRead(row.field(), config(model))).as("is read").isTrue();
        }
      }
    }
  }

  /** Whether some value of a field gives another shape, or is refused by the field's name. */
  private boolean isRead(String field, ObjectNode plain) throws IOException {
    plain.setAll(beside(field));
    for (Object value : List.of("x", 7, 0.5, true, false, List.of("full_attention"), List.of(0))) {
      ObjectNode changed = plain.deepCopy();
      changed.set(field, JSON.valueToTree(value));
      try {
        if (!read(changed).equals(read(plain))) {
          return true;
        }
      } catch (BadModelFolderException refused) {
        assertThat(refused).hasMessageContaining(field.replaceFirst("^_", ""));
        return true;
      }
    }
    return false;
  }

  /** Fields without which another is not read. */
  private static ObjectNode beside(String field) throws IOException {
    return (ObjectNode)
        JSON.readTree(
            switch (field) {
              case "original_max_position_embeddings" ->
                  """
                  {"rope_scaling": {"rope_type": "llama3", "factor": 8, "low_freq_factor": 1,
                    "high_freq_factor": 4}, "original_max_position_embeddings": 24}
                  """;
              case "sliding_window", "max_window_layers" ->
                  """
                  {"use_sliding_window": true, "sliding_window": 9, "max_window_layers": 1}
                  """;
              case "use_sliding_window" -> "{\"sliding_window\": 7, \"max_window_layers\": 1}";
              case "no_rope_layer_interval" -> "{\"no_rope_layers\": null}";
              default -> "{}";
            });
  }

  private static ObjectNode with(String field, JsonNode value) {
    ObjectNode json = JSON.createObjectNode();
    json.set(field, value);
    return json;
  }

  private ObjectNode config(String model) throws IOException {
    TinyArchitecture architecture =
        List.of(TinyArchitecture.values()).stream()
            .filter(tiny -> tiny.modelType().equals(model))
            .findFirst()
            .orElseThrow();
    architecture.weights(folder);
    return (ObjectNode) JSON.readTree(folder.resolve(CONFIG).toFile());
  }

  private Object read(JsonNode config) throws IOException {
    JSON.writeValue(folder.resolve(CONFIG).toFile(), config);
    return List.of(
        ConfigReader.read(folder), TokenizerSettings.read(folder, List.of()).ends().size());
  }
}
