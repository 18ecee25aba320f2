package io.alluvium.trainer.model.safetensors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.TensorEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Parses and validates the JSON header; pure apart from the file name in messages. */
final class HeaderReader {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final long dataBegin;
  private final long fileBytes;

  HeaderReader(Path file, long dataBegin, long fileBytes) {
    this.file = file;
    this.dataBegin = dataBegin;
    this.fileBytes = fileBytes;
  }

  /** Entries by name; together they cover the data section without gap or overlap. */
  Map<String, TensorEntry> read(byte[] header) throws BadSafetensorsException {
    Map<String, TensorEntry> entries = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : parse(header).properties()) {
      if (!field.getKey().equals("__metadata__")) {
        entries.put(field.getKey(), entry(field.getKey(), field.getValue()));
      }
    }
    requireCovered(entries);
    return entries;
  }

  private JsonNode parse(byte[] header) throws BadSafetensorsException {
    try {
      JsonNode root = JSON.readTree(header);
      if (root != null && root.isObject()) {
        return root;
      }
    } catch (JsonProcessingException e) {
      throw bad("header is not valid JSON (" + e.getOriginalMessage() + ")");
    } catch (java.io.IOException e) {
      throw bad("header is not readable (" + e.getMessage() + ")");
    }
    throw bad("header is not a JSON object");
  }

  private TensorEntry entry(String name, JsonNode node) throws BadSafetensorsException {
    Dtype dtype = dtype(name, node.path("dtype").asText());
    List<Long> shape = longs(name, node.path("shape"), "shape");
    List<Long> offsets = longs(name, node.path("data_offsets"), "data_offsets");
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw bad("tensor " + name + " has data_offsets " + offsets + ", want [begin, end]");
    }
    long length = offsets.get(1) - offsets.get(0);
    if (length != bytes(name, dtype, shape)) {
      throw bad(
          "tensor " + name + " spans " + length + " bytes, not what " + dtype + shape + " takes");
    }
    return new TensorEntry(
        dtype, shape, offset(name, offsets.get(0)), offset(name, offsets.get(1)));
  }

  private Dtype dtype(String name, String text) throws BadSafetensorsException {
    for (Dtype dtype : Dtype.values()) {
      if (dtype.name().equals(text)) {
        return dtype;
      }
    }
    throw bad("tensor " + name + " has unknown dtype '" + text + "'");
  }

  private List<Long> longs(String name, JsonNode node, String field)
      throws BadSafetensorsException {
    if (!node.isArray()) {
      throw bad("tensor " + name + " has no list " + field);
    }
    List<Long> values = new ArrayList<>();
    for (JsonNode value : node) {
      if (!value.canConvertToLong() || !value.isIntegralNumber() || value.asLong() < 0) {
        throw bad("tensor " + name + " has " + field + " element " + value);
      }
      values.add(value.asLong());
    }
    return values;
  }

  private long bytes(String name, Dtype dtype, List<Long> shape) throws BadSafetensorsException {
    try {
      long bytes = dtype.widthBytes();
      for (long size : shape) {
        bytes = Math.multiplyExact(bytes, size);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw bad("tensor " + name + " has impossible shape " + shape);
    }
  }

  private long offset(String name, long relative) throws BadSafetensorsException {
    if (relative > fileBytes - dataBegin) {
      throw bad(
          "truncated: tensor "
              + name
              + " ends at data byte "
              + relative
              + ", the file holds "
              + (fileBytes - dataBegin)
              + "; fetch the file again");
    }
    return dataBegin + relative;
  }

  private void requireCovered(Map<String, TensorEntry> entries) throws BadSafetensorsException {
    List<Map.Entry<String, TensorEntry>> inOrder = new ArrayList<>(entries.entrySet());
    inOrder.sort(
        Comparator.comparingLong((Map.Entry<String, TensorEntry> e) -> e.getValue().beginByte())
            .thenComparingLong(e -> e.getValue().endByte()));
    long covered = dataBegin;
    for (Map.Entry<String, TensorEntry> e : inOrder) {
      if (e.getValue().beginByte() != covered) {
        String fault =
            e.getValue().beginByte() < covered ? "overlaps the one before" : "leaves a gap";
        throw bad("tensor " + e.getKey() + " " + fault + " at byte " + e.getValue().beginByte());
      }
      covered = e.getValue().endByte();
    }
    if (covered != fileBytes) {
      throw bad((fileBytes - covered) + " bytes after the last tensor");
    }
  }

  private BadSafetensorsException bad(String what) {
    return new BadSafetensorsException(file, what);
  }
}
