package io.alluvium.cli.produce.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.produce.field.FieldException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings the lines of one file into our own shape. For one thread. */
public final class Shaping {
  private final Shape asked;
  private final Consumer<String> notes;
  private @Nullable Shape found;

  /**
   * For a file.
   *
   * @param asked the shape of its lines; {@link Shape#auto} takes that of the first that has one
   * @param notes hears in one line which that was, where it is not our own
   */
  public Shaping(Shape asked, Consumer<String> notes) {
    this.asked = asked;
    this.notes = notes;
    found = asked == Shape.auto ? null : asked;
  }

  /**
   * The line in our own shape.
   *
   * @throws FieldException when it is of another shape than the file, or breaks a rule of its own
   */
  public ObjectNode own(ObjectNode line) throws FieldException {
    Optional<Shape> seen = Shape.of(line);
    if (seen.isEmpty()) {
      throw new FieldException(unknown(line));
    }
    Shape shape = found == null ? remember(seen.get()) : found;
    if (!shape.takes(seen.get())) {
      throw new FieldException(
          asked == Shape.auto
              ? "a line of shape %s in a file of shape %s: bring it in a file of its own"
                  .formatted(seen.get(), shape)
              : "a line of shape %s, --shape names %s".formatted(seen.get(), shape));
    }
    return shaped(shape, line);
  }

  private Shape remember(Shape shape) {
    found = shape;
    if (shape != Shape.alluvium) {
      notes.accept(
          "lines of shape %s, read as messages; --shape %s says so without asking the first line"
              .formatted(shape, shape));
    }
    return shape;
  }

  private static ObjectNode shaped(Shape shape, ObjectNode line) throws FieldException {
    return switch (shape) {
      case sharegpt -> ShareGpt.messages(line);
      case alpaca -> Alpaca.messages(line);
      case openai -> openAi(line);
      case alluvium, auto -> line;
    };
  }

  /** Whether calls may go side by side is asked of a model that runs; nothing of it is learned. */
  private static ObjectNode openAi(ObjectNode line) throws FieldException {
    if (!line.has("messages")) {
      throw new FieldException("of shape openai, but without messages");
    }
    return line.deepCopy().without("parallel_tool_calls");
  }

  private static String unknown(JsonNode line) {
    if (line.has("chosen") || line.has("rejected")) {
      return "a pair of preferences (chosen, rejected), which is not learned: give the better answer alone as completion";
    }
    if (line.has("text")) {
      return "a text alone, without an answer: to have all of it learned, give it as completion beside an empty prompt";
    }
    return "needs either prompt and completion, or messages";
  }
}
