package io.alluvium.trainer.model.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of each field of the JSON files that others write: honoured, refused, or without
 * meaning for training. The table is the resource {@code fields.tsv}. A field that is not in it and
 * by its name may change what is computed is refused, too, unless its value is inert.
 */
public final class FieldTable {
  private static final List<Row> ROWS = read();

  /** Stems of names by which models compute. */
  private static final Pattern ARITHMETIC =
      Pattern.compile(
          "rope|rotary|theta|scal|factor|multiplier|cap|bias|norm|eps|window|layer|head|att(e)?n"
              + "|act|expert|moe|router|mlp|embed|tie|dim|size|alpha|gate|mix|pattern|quant|lora"
              + "|position|vocab|logit|residual|interleav|parallel|conv|state|memory");

  private FieldTable() {}

  /** What becomes of a field. */
  public enum Fate {
    HONOURED("honoured"),
    /** Any value but null is refused. */
    REFUSED("refused"),
    /** Values other than those named are refused. */
    ONLY("only"),
    WITHOUT_MEANING("without meaning");

    private final String words;

    Fate(String words) {
      this.words = words;
    }
  }

  /**
   * One line of the table.
   *
   * @param file name of the file
   * @param models values of {@code model_type} that it holds for; a star for all
   * @param field name
   * @param fate what becomes of it
   * @param values those that {@link Fate#ONLY} takes, as JSON writes them without quotes
   * @param why a remark, may be empty
   */
  public record Row(
      String file, List<String> models, String field, Fate fate, List<String> values, String why) {
    /** Copies the lists. */
    public Row {
      models = List.copyOf(models);
      values = List.copyOf(values);
    }

    boolean means(String name, String model, String key) {
      return file.equals(name)
          && field.equals(key)
          && (models.contains("*") || models.contains(model));
    }
  }

  /** All lines. */
  public static List<Row> rows() {
    return ROWS;
  }

  /** The line of a field, if there is one. */
  public static Optional<Row> row(String file, String model, String field) {
    return ROWS.stream().filter(row -> row.means(file, model, field)).findFirst();
  }

  /**
   * Looks at every field of a file.
   *
   * @param file its name decides which lines hold
   * @param model {@code model_type} of the folder
   * @throws BadModelFolderException naming the field that cannot be taken
   */
  public static void check(Path file, String model, JsonNode json) throws BadModelFolderException {
    Optional<String> fault = fault(Objects.toString(file.getFileName(), ""), model, json);
    if (fault.isPresent()) {
      throw new BadModelFolderException(file, fault.get());
    }
  }

  /** What is wrong with a file, if anything is: names the field and what would be taken. */
  public static Optional<String> fault(String file, String model, JsonNode json) {
    return json.properties().stream()
        .flatMap(field -> fault(file, model, field).stream())
        .findFirst();
  }

  private static Optional<String> fault(
      String file, String model, Map.Entry<String, JsonNode> field) {
    Optional<Row> row = row(file, model, field.getKey());
    if (row.isPresent()) {
      return fault(row.get(), field.getValue());
    }
    if (inert(field.getValue()) || !ARITHMETIC.matcher(field.getKey()).find()) {
      return Optional.empty();
    }
    return Optional.of(
        "field %s is not known%s and may change what is computed: remove it if it has no meaning there"
            .formatted(field.getKey(), model.isEmpty() ? "" : " for model_type '" + model + "'"));
  }

  private static Optional<String> fault(Row row, JsonNode value) {
    boolean taken =
        switch (row.fate()) {
          case HONOURED, WITHOUT_MEANING -> true;
          case REFUSED -> inert(value);
          case ONLY -> value.isNull() || row.values().contains(value.asText());
        };
    String want = row.fate() == Fate.ONLY ? "; known: " + row.values() : "";
    String why = row.why().isEmpty() ? "" : " (" + row.why() + ")";
    return taken
        ? Optional.empty()
        : Optional.of(row.field() + " " + text(value) + " is not supported" + want + why);
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? "'" + value.asText() + "'" : value.toString();
  }

  private static boolean inert(JsonNode value) {
    return value.isNull()
        || (value.isBoolean() && !value.asBoolean())
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.asText().isEmpty());
  }

  private static List<Row> read() {
    InputStream table = Objects.requireNonNull(FieldTable.class.getResourceAsStream("fields.tsv"));
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.startsWith("#")).map(FieldTable::row).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split("\t", -1);
    String[] fate = cells[3].split(" ");
    if (fate[0].equals("only")) {
      List<String> values = List.of(fate).subList(1, fate.length);
      return new Row(cells[0], List.of(cells[1].split(",")), cells[2], Fate.ONLY, values, cells[4]);
    }
    return new Row(
        cells[0], List.of(cells[1].split(",")), cells[2], fate(cells[3]), List.of(), cells[4]);
  }

  private static Fate fate(String words) {
    for (Fate fate : Fate.values()) {
      if (fate.words.equals(words)) {
        return fate;
      }
    }
    throw new IllegalStateException("fields.tsv has no fate '" + words + "'");
  }
}
