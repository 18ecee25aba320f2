package io.alluvium.schemas.registry;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.Metadata;
import io.confluent.kafka.schemaregistry.client.rest.entities.RuleSet;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaEntity;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema of the registry that is none for us: of another language, or of Avro and refused by it.
 * The registry has answered, so this is a fact about the record that names it.
 *
 * @param type the registry's word for the language
 * @param text as the registry has it
 * @param why in a few words, why it cannot be read by
 */
public record ForeignSchema(String type, String text, String why) implements ParsedSchema {
  @Override
  public String schemaType() {
    return type;
  }

  @Override
  public String name() {
    return type;
  }

  @Override
  public String canonicalString() {
    return text;
  }

  @Override
  public @Nullable Integer version() {
    return null;
  }

  @Override
  public List<SchemaReference> references() {
    return List.of();
  }

  @Override
  public @Nullable Metadata metadata() {
    return null;
  }

  @Override
  public @Nullable RuleSet ruleSet() {
    return null;
  }

  @Override
  public ParsedSchema copy() {
    return this;
  }

  @Override
  public ParsedSchema copy(Integer version) {
    return this;
  }

  @Override
  public ParsedSchema copy(Metadata metadata, RuleSet ruleSet) {
    return this;
  }

  @Override
  public ParsedSchema copy(
      Map<SchemaEntity, Set<String>> tagsToAdd, Map<SchemaEntity, Set<String>> tagsToRemove) {
    return this;
  }

  @Override
  public List<String> isBackwardCompatible(ParsedSchema previous) {
    return List.of(why);
  }

  @Override
  public Object rawSchema() {
    return text;
  }
}
