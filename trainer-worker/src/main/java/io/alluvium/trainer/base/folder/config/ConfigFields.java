package io.alluvium.trainer.base.folder.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;

/** Typed access to the fields of one config.json; complaints name the file and the field. */
record ConfigFields(Path file, JsonNode json) {

  JsonNode node(String field) {
    return json.path(field);
  }

  int integer(String field) throws BadModelFolderException {
    if (!node(field).isInt()) {
      throw bad("field " + field + " is missing or no integer");
    }
    return node(field).asInt();
  }

  int integer(String field, int otherwise) {
    return node(field).isInt() ? node(field).asInt() : otherwise;
  }

  double number(String field, double otherwise) {
    return node(field).isNumber() ? node(field).asDouble() : otherwise;
  }

  boolean flag(String field, boolean otherwise) {
    return node(field).asBoolean(otherwise);
  }

  /** Refuses a field that is there with another value than the known ones; the first is default. */
  String oneOf(String field, String... known) throws BadModelFolderException {
    String value = node(field).asText(known[0]);
    if (node(field).isNull() || List.of(known).contains(value)) {
      return node(field).isNull() ? known[0] : value;
    }
    throw bad(field + " '" + value + "' is not supported; known: " + List.of(known));
  }

  /** Refuses a flag with this value. */
  void refuse(String field, boolean value) throws BadModelFolderException {
    if (flag(field, !value) == value) {
      throw bad(field + " " + value + " is not supported");
    }
  }

  BadModelFolderException bad(String what) {
    return new BadModelFolderException(file, what);
  }
}
