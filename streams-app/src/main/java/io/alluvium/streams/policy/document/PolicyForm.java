package io.alluvium.streams.policy.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.schemas.record.SendLimit;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a policy document may hold, and what holds where it says nothing. Pure; any thread. */
public final class PolicyForm {
  /** The name of what holds where no policy is in force. */
  public static final String CONFIGURED = "config";

  private final Map<String, Record> configured;
  private final SendLimit limit;

  /**
   * With the sections of the application's configuration.
   *
   * @param configured a record that checks itself, under the name of each section
   */
  public PolicyForm(Map<String, ? extends Record> configured) {
    this(configured, SendLimit.KAFKA_DEFAULT);
  }

  /**
   * With a limit of its own.
   *
   * @param limit how large a record may become by what a policy permits
   * @throws IllegalArgumentException when a configured section permits larger ones
   */
  public PolicyForm(Map<String, ? extends Record> configured, SendLimit limit) {
    this.configured = new LinkedHashMap<>(configured);
    this.limit = limit;
    this.configured.values().forEach(this::requireSendable);
  }

  /** How large a record may become. */
  public SendLimit limit() {
    return limit;
  }

  private void requireSendable(Record section) {
    if (section instanceof SizeBounded bounded) {
      bounded.requireSendable(limit);
    }
  }

  /** What holds where no policy is in force. */
  public EffectivePolicy configured() {
    return effective(CONFIGURED, configured);
  }

  /**
   * Lays a document over the configuration.
   *
   * @param name adapter@version, for records and messages
   * @param document YAML
   * @throws PolicyException for what is no YAML, an unknown key, or a value that breaks a rule
   */
  public EffectivePolicy parse(String name, String document) {
    Map<String, Record> sections = new LinkedHashMap<>(configured);
    read(document).properties().forEach(entry -> put(sections, entry));
    return effective(name, sections);
  }

  /**
   * A document with every key of every section.
   *
   * @throws PolicyException like {@link #parse}
   */
  public String whole(String document) {
    ObjectNode all = YamlLayers.YAML.valueToTree(configured);
    ObjectNode given = read(document);
    parse("document", document);
    try {
      return YamlLayers.YAML.writeValueAsString(YamlLayers.over(all, given));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void put(Map<String, Record> sections, Map.Entry<String, JsonNode> given) {
    String name = given.getKey();
    Record base = configured.get(name);
    if (base == null) {
      throw new PolicyException(
          "unknown key %s, known here: %s".formatted(name, configured.keySet()));
    }
    if (!given.getValue().isObject() && !given.getValue().isNull()) {
      throw new PolicyException("%s is %s, must be a section".formatted(name, given.getValue()));
    }
    ObjectNode tree = YamlLayers.over(YamlLayers.YAML.valueToTree(base), given.getValue());
    try {
      Record section = YamlLayers.YAML.treeToValue(tree, base.getClass());
      requireSendable(section);
      sections.put(name, section);
    } catch (JsonProcessingException broken) {
      throw new PolicyException(YamlLayers.explained(name + ".", broken), broken);
    } catch (IllegalArgumentException tooLarge) {
      throw new PolicyException(String.valueOf(tooLarge.getMessage()), tooLarge);
    }
  }

  private static ObjectNode read(String document) {
    try {
      JsonNode tree = YamlLayers.YAML.readTree(document);
      if (tree == null || tree.isMissingNode() || tree.isNull()) {
        return YamlLayers.YAML.createObjectNode();
      }
      if (tree instanceof ObjectNode sections) {
        return sections;
      }
    } catch (JsonProcessingException broken) {
      throw new PolicyException(YamlLayers.explained("", broken), broken);
    }
    throw new PolicyException(
        "a policy is YAML with sections, for example admit: {maxCharacters: 4000}");
  }

  private static EffectivePolicy effective(String name, Map<String, Record> sections) {
    Map<Class<?>, Record> byType = new LinkedHashMap<>();
    sections.values().forEach(section -> byType.put(section.getClass(), section));
    return new EffectivePolicy(name, byType);
  }
}
