package io.alluvium.cli.produce.shape;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** What a line looks like: written in lower case on the command line. */
public enum Shape {
  /** That of the first line that has one; every line of the file must have the same. */
  auto,
  /** Our own: prompt and completion, or messages. */
  alluvium,
  /** That of OpenAI's fine-tuning files: messages, tools, parallel_tool_calls. */
  openai,
  /** Conversations of turns with from and value. */
  sharegpt,
  /** Instruction, input and output. */
  alpaca;

  /** Fields that a line of any shape may have, as our own lines do. */
  static final Set<String> COMMON =
      Set.of("id", "adapter", "eventTime", "source", "importance", "subject", "labels");

  /** What only a line of one shape has; empty for what is no example in any of them. */
  static Optional<Shape> of(JsonNode line) {
    if (line.has("chosen") || line.has("rejected")) {
      return Optional.empty();
    }
    if (line.has("conversations")) {
      return Optional.of(sharegpt);
    }
    if (line.has("messages")) {
      return Optional.of(line.has("parallel_tool_calls") ? openai : alluvium);
    }
    if (line.has("instruction")) {
      return Optional.of(alpaca);
    }
    return line.has("prompt") || line.has("completion") ? Optional.of(alluvium) : Optional.empty();
  }

  /** Whether a line of the other shape is one of this too. */
  boolean takes(Shape other) {
    return this == other || (this == openai && other == alluvium);
  }
}
