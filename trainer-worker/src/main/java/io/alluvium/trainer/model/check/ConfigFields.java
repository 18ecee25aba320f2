package io.alluvium.trainer.model.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Typed access to the fields of a JSON object; complaints name the file and the field. A field that
 * is null counts as absent, as in transformers where the default is None.
 *
 * @param file where it stands
 * @param prefix of the names in complaints, such as {@code rope_parameters.}; empty for the file
 *     itself
 * @param json the object
 */
public record ConfigFields(Path file, String prefix, JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a file; one that is not there has no fields.
   *
   * @throws BadModelFolderException when it is no JSON
   */
  public static ConfigFields read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return new ConfigFields(file, "", MissingNode.getInstance());
    }
    try {
      return new ConfigFields(file, "", JSON.readTree(file.toFile()));
    } catch (JsonProcessingException e) {
      throw new BadModelFolderException(file, "not valid JSON (" + e.getOriginalMessage() + ")");
    }
  }

  /** The value, missing where there is none. */
  public JsonNode node(String field) {
    return json.path(field);
  }

  /** Whether the field is there with a value. */
  public boolean has(String field) {
    return json.hasNonNull(field);
  }

  /** Whether the field is there, be it null. */
  public boolean names(String field) {
    return json.has(field);
  }

  /** The object in a field, empty where there is none. */
  public ConfigFields inner(String field) throws BadModelFolderException {
    if (has(field) && !node(field).isObject()) {
      throw bad("field " + prefix + field + " is " + node(field) + ", want an object");
    }
    return new ConfigFields(file, prefix + field + ".", json.path(field));
  }

  /** A whole number that must be there. */
  public int integer(String field) throws BadModelFolderException {
    if (!node(field).isInt()) {
      throw bad("field " + prefix + field + " is missing or no integer");
    }
    return node(field).asInt();
  }

  /** A whole number, or another where there is none. */
  public int integer(String field, int otherwise) throws BadModelFolderException {
    return has(field) ? integer(field) : otherwise;
  }

  /** A number, or another where there is none. */
  public double number(String field, double otherwise) throws BadModelFolderException {
    if (has(field) && !node(field).isNumber()) {
      throw bad("field " + prefix + field + " is " + node(field) + ", want a number");
    }
    return node(field).asDouble(otherwise);
  }

  /** A number above 0 that must be there. */
  public double positive(String field) throws BadModelFolderException {
    if (!node(field).isNumber() || !(node(field).asDouble() > 0)) {
      throw bad(prefix + field + " is " + node(field) + ", want a positive number");
    }
    return node(field).asDouble();
  }

  /** A flag, or another where there is none. */
  public boolean flag(String field, boolean otherwise) throws BadModelFolderException {
    if (has(field) && !node(field).isBoolean()) {
      throw bad("field " + prefix + field + " is " + node(field) + ", want true or false");
    }
    return node(field).asBoolean(otherwise);
  }

  /** A list of numbers that must be there, each above 0. */
  public List<Double> numbers(String field) throws BadModelFolderException {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : node(field)) {
      if (!number.isNumber() || !(number.asDouble() > 0)) {
        throw bad(prefix + field + " holds " + number + ", want positive numbers");
      }
      numbers.add(number.asDouble());
    }
    return numbers;
  }

  /** Token ids in a field that holds one or a list; none where there is none. */
  public List<Integer> ids(String field) throws BadModelFolderException {
    List<JsonNode> found = new ArrayList<>();
    if (node(field).isArray()) {
      node(field).forEach(found::add);
    } else if (has(field)) {
      found.add(node(field));
    }
    List<Integer> ids = new ArrayList<>();
    for (JsonNode id : found) {
      if (!id.isInt()) {
        throw bad("field " + prefix + field + " is " + node(field) + ", want a token id or a list");
      }
      ids.add(id.asInt());
    }
    return ids;
  }

  /** A complaint about this file. */
  public BadModelFolderException bad(String what) {
    return new BadModelFolderException(file, what);
  }
}
