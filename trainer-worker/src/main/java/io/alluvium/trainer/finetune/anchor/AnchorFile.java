package io.alluvium.trainer.finetune.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.line.EncodingException;
import io.alluvium.trainer.line.Line;
import io.alluvium.trainer.line.LineSource;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/** JSONL files of anchors: texts of a user, or token ids of our own making. */
final class AnchorFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AnchorFile() {}

  /** Adds lines at the end; the file is made if absent. */
  static void append(Path file, List<int[]> sequences) throws IOException {
    try (BufferedWriter out =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int[] ids : sequences) {
        out.write(
            JSON.writeValueAsString(JSON.createObjectNode().set("ids", JSON.valueToTree(ids))));
        out.write('\n');
      }
    }
  }

  /**
   * Cuts a file that was left in the middle of writing.
   *
   * @param multiple lines are kept in runs of so many
   * @return how many lines were whole and are kept; 0 where there is no file
   */
  static int keepWhole(Path file, int multiple) throws IOException {
    if (!Files.isRegularFile(file)) {
      return 0;
    }
    byte[] bytes = Files.readAllBytes(file);
    int lines = 0;
    int end = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n' && ++lines % multiple == 0) {
        end = at + 1;
      }
    }
    Files.write(file, Arrays.copyOf(bytes, end));
    return lines / multiple * multiple;
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
