package io.alluvium.trainer.finetune.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.base.chat.UnrenderableChatException;
import io.alluvium.trainer.base.text.ExampleText;
import io.alluvium.trainer.base.text.ExampleTokenizer;
import io.alluvium.trainer.line.EncodingException;
import io.alluvium.trainer.line.Line;
import io.alluvium.trainer.line.LineSource;
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
    for (Line line : lines(file)) {
      sequences.add(ids(json(place(file, line), line)));
    }
    return sequences;
  }

  static List<int[]> read(Path file, ExampleTokenizer tokenizer) throws IOException {
    List<int[]> sequences = new ArrayList<>();
    for (Line line : lines(file)) {
      String place = place(file, line);
      JsonNode json = json(place, line);
      int[] ids = json.has("ids") ? ids(json) : ids(place, tokenizer, json);
      if (ids.length < 2) {
        throw new IOException(place + " is shorter than two tokens");
      }
      sequences.add(ids);
    }
    return sequences;
  }

  private static String place(Path file, Line line) {
    return file + ": line " + line.number();
  }

  private static JsonNode json(String place, Line line) throws IOException {
    if (line instanceof Line.Broken broken) {
      throw new IOException(place + ": " + broken.reason());
    }
    return ((Line.Read) line).json();
  }

  private static int[] ids(String place, ExampleTokenizer tokenizer, JsonNode line)
      throws IOException {
    try {
      return tokenizer.encode(ExampleText.ofJson(line)).ids();
    } catch (UnrenderableChatException | IllegalArgumentException e) {
      throw new IOException(place + ": " + e.getMessage(), e);
    }
  }

  private static List<Line> lines(Path file) throws IOException {
    try (LineSource lines = new LineSource(Files.newInputStream(file))) {
      return lines.all();
    } catch (EncodingException e) {
      throw new IOException("%s cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
  }

  private static int[] ids(JsonNode line) {
    return StreamSupport.stream(line.path("ids").spliterator(), false)
        .mapToInt(JsonNode::asInt)
        .toArray();
  }
}
