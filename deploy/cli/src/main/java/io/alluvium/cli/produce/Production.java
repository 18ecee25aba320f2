package io.alluvium.cli.produce;

import io.alluvium.cli.produce.fate.Following;
import io.alluvium.cli.produce.line.ExampleLines;
import io.alluvium.cli.produce.line.ParsedLine;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.line.Line;
import io.alluvium.trainer.line.LineSource;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One run over the lines of a file: what can be sent is sent, what cannot is named. */
final class Production {
  private final ExampleLines parser;
  private final Optional<Following> following;
  private final Terminal terminal;
  private final long refusalsAllowed;
  private final SortedSet<String> learners = new TreeSet<>();
  private long refused;
  private long sent;

  /**
   * A run.
   *
   * @param following hears of every record that the broker has, where somebody waits
   * @param refusalsAllowed the run stops when this many lines were refused
   */
  Production(
      ExampleLines parser, Optional<Following> following, Terminal terminal, long refusalsAllowed) {
    this.parser = parser;
    this.following = following;
    this.terminal = terminal;
    this.refusalsAllowed = refusalsAllowed;
  }

  void sendAll(LineSource lines, ExampleSender sender, Progress progress) throws IOException {
    Line line = lines.next();
    while (line != null && refused < refusalsAllowed) {
      take(line, sender);
      nameOversized(sender);
      progress.at(line.number());
      line = lines.next();
    }
    progress.at(lines.number());
    sender.flush();
    nameOversized(sender);
    sent = sender.acknowledged();
  }

  private void take(Line line, ExampleSender sender) {
    String origin = "line " + line.number();
    ParsedLine parsed = parser.parse(line, Instant.now());
    if (parsed instanceof ParsedLine.Example example) {
      send(example.value(), origin, sender);
    } else if (parsed instanceof ParsedLine.Malformed malformed) {
      refuse(origin, malformed.reason());
    }
  }

  private void send(TrainingExample example, String origin, ExampleSender sender) {
    learners.add(example.getAdapter());
    sender.send(
        example, origin, at -> following.ifPresent(fates -> fates.sent(example, origin, at)));
  }

  private void nameOversized(ExampleSender sender) {
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
    return sent;
  }

  /** Whom the examples were for: the adapter, or how many. */
  String learners(@Nullable String meant) {
    return switch (learners.size()) {
      case 0 -> Objects.requireNonNullElse(meant, "no adapter");
      case 1 -> learners.first();
      default -> learners.size() + " adapters";
    };
  }

  long refused() {
    return refused;
  }
}
