package io.alluvium.trainer.finetune.anchor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.base.chat.UnrenderableChatException;
import io.alluvium.trainer.base.text.ExampleText;
import io.alluvium.trainer.base.text.ExampleTokenizer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** JSONL files of anchors: texts of a user, or token ids of our own making. */
final class AnchorFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AnchorFile() {}

  static void write(Path file, List<int[]> sequences) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int[] ids : sequences) {
        out.write(
            JSON.writeValueAsString(JSON.createObjectNode().set("ids", JSON.valueToTree(ids))));
        out.write('\n');
      }
    }
  }

  static List<int[]> readIds(Path file) throws IOException {
    List<int[]> sequences = new ArrayList<>();
    for (JsonNode line : lines(file)) {
      sequences.add(ids(line));
    }
    return sequences;
  }

  static List<int[]> read(Path file, ExampleTokenizer tokenizer) throws IOException {
    List<int[]> sequences = new ArrayList<>();
    for (JsonNode line : lines(file)) {
      String place = file + ": line " + (sequences.size() + 1);
      int[] ids = line.has("ids") ? ids(line) : ids(place, tokenizer, ExampleText.ofJson(line));
      if (ids.length < 2) {
        throw new IOException(place + " is shorter than two tokens");
      }
      sequences.add(ids);
    }
    return sequences;
  }

  private static int[] ids(String place, ExampleTokenizer tokenizer, ExampleText text)
      throws IOException {
    try {
      return tokenizer.encode(text).ids();
    } catch (UnrenderableChatException e) {
      throw new IOException(place + ": " + e.getMessage(), e);
    }
  }

  private static List<JsonNode> lines(Path file) throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      try {
        nodes.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        throw new IOException(
            file + ": line " + (nodes.size() + 1) + " is not JSON (" + e.getOriginalMessage() + ")",
            e);
      }
    }
    return nodes;
  }

  private static int[] ids(JsonNode line) {
    return StreamSupport.stream(line.path("ids").spliterator(), false)
        .mapToInt(JsonNode::asInt)
        .toArray();
  }
}
