package io.alluvium.streams.bench.planted.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.streams.bench.planted.task.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the trainer-worker's tutor, a process that this one starts and ends. */
public final class TutoredScorer implements Scorer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Writer questions;
  private final BufferedReader answers;

  /**
   * Starts it.
   *
   * @param command that runs the tutor
   */
  public TutoredScorer(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    this.process = builder.start();
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public List<@Nullable Score> score(String adapter, List<Admitted> examples) {
    ObjectNode lesson = lesson(adapter, /* learn= */ false);
    ArrayNode asked = lesson.putArray("examples");
    examples.forEach(example -> add(asked, example.task(), 1));
    JsonNode answer = ask(lesson);
    Long version = answer.path("version").isNull() ? null : answer.path("version").asLong();
    List<@Nullable Score> scores = new ArrayList<>();
    answer
        .path("scores")
        .forEach(score -> scores.add(score.isNull() ? null : score(score, version)));
    return scores;
  }

  private static Score score(JsonNode score, @Nullable Long version) {
    JsonNode adapterLoss = score.path("adapterLoss");
    return new Score(
        score.path("baseLoss").asDouble(),
        adapterLoss.isNull() ? null : adapterLoss.asDouble(),
        version,
        ByteBuffer.wrap(Base64.getDecoder().decode(score.path("embedding").asText())));
  }

  @Override
  public void learn(String adapter, List<Weighed> window) {
    ObjectNode lesson = lesson(adapter, /* learn= */ true);
    ArrayNode examples = lesson.putArray("examples");
    window.forEach(one -> add(examples, one.admitted().task(), one.weight()));
    ask(lesson);
  }

  private static ObjectNode lesson(String adapter, boolean learn) {
    return JSON.createObjectNode().put("adapter", adapter).put("learn", learn);
  }

  private static void add(ArrayNode to, Task task, double weight) {
    to.addObject()
        .put("prompt", task.prompt())
        .put("completion", task.completion())
        .put("weight", weight);
  }

  private JsonNode ask(ObjectNode lesson) {
    try {
      questions.write(JSON.writeValueAsString(lesson) + "\n");
      questions.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("the scorer ended; its message stands above");
      }
      return JSON.readTree(answer);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Ends its input; it ends by itself. */
  @Override
  public void close() {
    try {
      questions.close();
      process.waitFor();
    } catch (IOException gone) {
      process.destroy();
    } catch (InterruptedException stop) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
