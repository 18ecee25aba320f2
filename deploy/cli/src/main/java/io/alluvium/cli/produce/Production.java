package io.alluvium.cli.produce;

import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One run over the lines of a file: what can be sent is sent, what cannot is named. */
final class Production {
  private final ExampleLines parser;
  private final ExampleSender sender;
  private final Terminal terminal;
  private final long refusalsAllowed;
  private long refused;

  /**
   * A run.
   *
   * @param refusalsAllowed the run stops when this many lines were refused
   */
  Production(ExampleLines parser, ExampleSender sender, Terminal terminal, long refusalsAllowed) {
    this.parser = parser;
    this.sender = sender;
    this.terminal = terminal;
    this.refusalsAllowed = refusalsAllowed;
  }

  void sendAll(LineSource lines, Progress progress) throws IOException {
    LineSource.Line line = lines.next();
    while (line != null && refused < refusalsAllowed) {
      take(line);
      nameOversized();
      progress.at(line.number());
      line = lines.next();
    }
    sender.flush();
    nameOversized();
  }

  private void take(LineSource.Line line) {
    String text = line.text();
    if (text == null) {
      refuse("line " + line.number(), "not UTF-8");
    } else if (!text.isBlank()) {
      send(line.number(), parser.parse(text, Instant.now()));
    }
  }

  private void send(long number, ParsedLine parsed) {
    String origin = "line " + number;
    if (parsed instanceof ParsedLine.Example example) {
      sender.send(example.value(), origin);
    } else if (parsed instanceof ParsedLine.Malformed malformed) {
      refuse(origin, malformed.reason());
    }
  }

  private void nameOversized() {
    for (ExampleSender.@Nullable Oversize next = sender.nextOversize();
        next != null;
        next = sender.nextOversize()) {
      refuse(
          next.origin(),
          "record of %d bytes is larger than the limit: shorten it, or raise max.request.size here and max.message.bytes on the topic"
              .formatted(next.bytes()));
    }
  }

  private void refuse(String origin, String reason) {
    refused++;
    terminal.say(origin + ": " + reason);
  }

  long sent() {
    return sender.acknowledged();
  }

  long refused() {
    return refused;
  }
}
