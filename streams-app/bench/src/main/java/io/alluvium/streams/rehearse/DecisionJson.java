package io.alluvium.streams.rehearse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** An Avro value as JSON without what differs from run to run although nothing else does. Pure. */
final class DecisionJson {
  /** Wall clock, and which policy it was: that two differ is what a rehearsal is for. */
  private static final Set<String> NOT_DECISIONS = Set.of("weighedAt", "policyVersion");

  private static final ObjectMapper JSON = new ObjectMapper();

  private DecisionJson() {}

  static String of(SpecificRecord value) {
    try {
      JsonNode tree = JSON.readTree(value.toString());
      return tree instanceof ObjectNode fields
          ? fields.without(NOT_DECISIONS).toString()
          : tree.toString();
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
