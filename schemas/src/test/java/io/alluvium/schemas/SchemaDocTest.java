package io.alluvium.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.topic.Topics;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

/** Every type and every field says what it means. */
class SchemaDocTest {
  private static final Topics TOPICS = new Topics("", 4);

  @Test
  void everyTypeAndFieldHasADoc() {
    assertThat(namedTypes()).hasSizeGreaterThan(20).allSatisfy(SchemaDocTest::isDocumented);
  }

  private static Set<Schema> namedTypes() {
    Set<Schema> found = new HashSet<>();
    TOPICS.all().forEach(topic -> collect(SpecificData.get().getSchema(topic.valueType()), found));
    return found;
  }

  private static void collect(Schema schema, Set<Schema> found) {
    switch (schema.getType()) {
      case RECORD -> {
        if (found.add(schema)) {
          schema.getFields().forEach(field -> collect(field.schema(), found));
        }
      }
      case ENUM -> found.add(schema);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, found));
      case ARRAY -> collect(schema.getElementType(), found);
      case MAP -> collect(schema.getValueType(), found);
      default -> {}
    }
  }

  private static void isDocumented(Schema schema) {
    assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
    Stream<Schema.Field> fields =
        schema.getType() == Schema.Type.RECORD ? schema.getFields().stream() : Stream.empty();
    fields.forEach(
        field ->
            assertThat(field.doc()).as(schema.getFullName() + "." + field.name()).isNotBlank());
  }
}
