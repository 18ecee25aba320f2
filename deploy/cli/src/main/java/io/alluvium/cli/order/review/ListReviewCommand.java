package io.alluvium.cli.order.review;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.order.Waiting;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium review list}. */
@Command(
    name = "list",
    description = "List examples that wait for an answer.",
    footer = {
      "",
      "One erased by a range of offsets is listed until it expires, though it is gone.",
      "",
      "Examples:",
      "  alluvium review list",
      "  alluvium review list --adapter support --format json"
    })
final class ListReviewCommand implements Runnable {
  private static final int SHOWN = 60;

  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final FormatOption format = new FormatOption();

  @Option(names = "--adapter", paramLabel = "ID", description = "Only this adapter's.")
  private @Nullable String adapter;

  ListReviewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<Waiting.Item> items =
        Waiting.read(connection.cluster().ensureReachable()).all().stream()
            .filter(item -> adapter == null || adapter.equals(item.example().getAdapter()))
            .toList();
    items.forEach(this::print);
    terminal.sayIfEmpty(
        items, "nothing waits for an answer; the policy key route.review decides what would");
  }

  private void print(Waiting.Item item) {
    TrainingExample example = item.example();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("adapter", example.getAdapter()).put("id", example.getId());
    json.put("since", item.since().toEpochMilli());
    json.put("baseLoss", item.value().getScored().getBaseLoss());
    json.set("example", AvroJson.of(example));
    format.print(
        terminal,
        json,
        "%s  %s  since %s  base loss %.2f  %s"
            .formatted(
                example.getAdapter(),
                example.getId(),
                item.since(),
                item.value().getScored().getBaseLoss(),
                shortened(texts(example))));
  }

  private static String texts(TrainingExample example) {
    List<Message> turns = example.getMessages();
    Stream<String> parts =
        turns == null
            ? Stream.of(example.getPrompt(), example.getCompletion())
            : turns.stream().flatMap(turn -> Stream.of(turn.getContent(), turn.getToolCalls()));
    return parts.filter(text -> text != null && !text.isEmpty()).collect(Collectors.joining(" | "));
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "...";
  }
}
