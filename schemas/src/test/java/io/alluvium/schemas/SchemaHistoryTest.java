package io.alluvium.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Released schemas are frozen in {@code schemas/history/TYPE/vN.avsc}; what the code speaks today
 * must read all of them and be read by all of them (FULL_TRANSITIVE).
 *
 * <p>A new release of a type is a new file: run with {@code -Dalluvium.freeze} to write it.
 */
class SchemaHistoryTest {
  private static final Path HISTORY =
      Path.of(System.getProperty("alluvium.home", ".."), "schemas", "history");
  private static final SchemaValidator FULL_TRANSITIVE =
      new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

  static List<Topic<?>> topics() {
    return new Topics("", 4)
        .all().stream().filter(distinctType()).sorted(Comparator.comparing(Topic::name)).toList();
  }

  private static Predicate<Topic<?>> distinctType() {
    Set<Class<?>> seen = new HashSet<>();
    return topic -> seen.add(topic.valueType());
  }

  @ParameterizedTest
  @MethodSource("topics")
  void todayReadsAndIsReadByEveryReleasedVersion(Topic<?> topic) throws Exception {
    Schema today = SpecificData.get().getSchema(topic.valueType());
    if (Boolean.getBoolean("alluvium.freeze")) {
      freeze(today);
    }

    List<Schema> released = released(today);

    assertThat(released).as("schemas/history/" + today.getName()).isNotEmpty();
    FULL_TRANSITIVE.validate(today, released);
    assertThat(released.get(released.size() - 1))
        .as("the newest file of %s is not what the code speaks: freeze it", today.getName())
        .isEqualTo(today);
  }

  @Test
  void aNewRequiredFieldIsRefused() {
    Schema released = schema("{'type':'record','name':'R','fields':[]}");
    Schema today =
        schema("{'type':'record','name':'R','fields':[{'name':'added','type':'string'}]}");

    assertThatThrownBy(() -> FULL_TRANSITIVE.validate(today, List.of(released)))
        .isInstanceOf(SchemaValidationException.class);
  }

  private static Schema schema(String json) {
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static List<Schema> released(Schema today) throws IOException {
    Path folder = HISTORY.resolve(today.getName());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .sorted(Comparator.comparingInt(SchemaHistoryTest::number))
          .map(SchemaHistoryTest::read)
          .toList();
    }
  }

  private static int number(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("\\D", ""));
  }

  private static Schema read(Path file) {
    try {
      return new Schema.Parser().parse(file.toFile());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void freeze(Schema today) throws IOException {
    List<Schema> released = released(today);
    if (released.isEmpty() || !released.get(released.size() - 1).equals(today)) {
      Path folder = Files.createDirectories(HISTORY.resolve(today.getName()));
      Files.writeString(
          folder.resolve("v%d.avsc".formatted(released.size() + 1)),
          SchemaFormatter.format("json/pretty", today) + "\n");
    }
  }
}
