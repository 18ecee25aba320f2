package io.alluvium.cli.policy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.policy.book.Comparison;
import io.alluvium.cli.policy.book.Comparison.Change;
import io.alluvium.cli.policy.book.Policies;
import io.alluvium.cli.policy.book.PolicyOptions;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.Policy;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.rehearse.RehearsalInput;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium policy dry-run}. */
@Command(
    name = "dry-run",
    description = "Lead past records through a document and show what would have changed.",
    footer = {
      "",
      "The last records of examples and of examples.scored go twice through the whole topology in this "
          + "process, once under the policies in force and once with the document in place of --adapter's. Both "
          + "begin with empty stores: what was remembered of earlier records is not there. Nothing is written.",
      "",
      "With --format json each changed record is a line {record, key, before, after};",
      "the last line is {records, changed, before {what: n}, after {what: n}}.",
      "",
      "Examples:",
      "  alluvium policy dry-run policy.yaml",
      "  alluvium policy dry-run strict.yaml --adapter support --last 20000 --format json"
    })
final class DryRunCommand implements Runnable {
  private static final int SHOWN = 20;

  private final Terminal terminal;

  @Mixin private final PolicyOptions options = new PolicyOptions();

  @Parameters(paramLabel = "FILE", description = "The document, YAML.")
  private Path file = Path.of("");

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many records of each topic (default: ${DEFAULT-VALUE}).")
  private int last = 1000;

  DryRunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    String document = PolicyOptions.read(file);
    options.checked(file, document);
    if (last < 1) {
      throw CommandException.usage("--last is %d, must be at least 1".formatted(last));
    }
    Cluster cluster = options.cluster();
    List<Policy> present = Policies.read(cluster).inForce(Instant.now());
    StreamsAppConfig config = options.config();
    List<Comparison.Placed> records =
        Stream.concat(
                last(cluster, cluster.topics().examples(), config.topics().examples()),
                last(cluster, cluster.topics().scored(), config.topics().scored()))
            .toList();
    print(Comparison.of(config, present, proposed(present, document), records));
  }

  private List<Policy> proposed(List<Policy> present, String document) {
    Policy proposal =
        Policy.newBuilder()
            .setAdapter(options.adapter())
            .setVersion(1)
            .setEffectiveFrom(Instant.EPOCH)
            .setCreatedAt(Instant.EPOCH)
            .setAuthor("")
            .setDocument(document)
            .build();
    return Stream.concat(
            present.stream().filter(policy -> !policy.getAdapter().equals(options.adapter())),
            Stream.of(proposal))
        .toList();
  }

  private <V extends SpecificRecord> Stream<Comparison.Placed> last(
      Cluster cluster, Topic<V> topic, Topic<V> rehearsed) {
    try (TopicReader<V> reader = cluster.read(topic).leavingOutUnreadable()) {
      List<Comparison.Placed> found =
          reader.fromBack(last).rest().stream()
              .map(
                  entry ->
                      new Comparison.Placed(
                          new RehearsalInput(
                              rehearsed.name(), entry.key(), entry.time(), entry.value()),
                          "%s-%d@%d".formatted(topic.name(), entry.partition(), entry.offset())))
              .sorted(Comparator.comparing(placed -> placed.input().time()))
              .toList();
      if (reader.leftOut() > 0) {
        terminal.say(
            "%d records of %s cannot be read and are left out; streams-app refuses them"
                .formatted(reader.leftOut(), topic.name()));
      }
      return found.stream().skip(Math.max(0, found.size() - last));
    }
  }

  private void print(Comparison result) {
    if (options.isJson()) {
      result.changes().forEach(change -> terminal.print(json(change)));
      ObjectNode sum = JsonNodeFactory.instance.objectNode().put("records", result.records());
      sum.put("changed", result.changes().size());
      result.before().forEach(sum.putObject("before")::put);
      result.after().forEach(sum.putObject("after")::put);
      terminal.print(sum);
    } else {
      printText(result);
    }
  }

  private static ObjectNode json(Change change) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("record", change.place())
        .put("key", change.key())
        .put("before", change.before())
        .put("after", change.after());
  }

  private void printText(Comparison result) {
    terminal.print(
        "%d records, %d decided otherwise".formatted(result.records(), result.changes().size()));
    result
        .kinds()
        .forEach(
            kind ->
                terminal.print(
                    "  %-44s %7d -> %7d"
                        .formatted(
                            kind,
                            result.before().getOrDefault(kind, 0),
                            result.after().getOrDefault(kind, 0))));
    result.changes().stream()
        .limit(SHOWN)
        .forEach(
            change ->
                terminal.print(
                    "  %s %s: %s -> %s"
                        .formatted(change.place(), change.key(), change.before(), change.after())));
    if (result.changes().size() > SHOWN) {
      terminal.print("  and %d more: --format json".formatted(result.changes().size() - SHOWN));
    }
  }
}
