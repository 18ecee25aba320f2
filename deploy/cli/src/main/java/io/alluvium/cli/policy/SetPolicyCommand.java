package io.alluvium.cli.policy;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.cli.policy.book.Policies;
import io.alluvium.cli.policy.book.PolicyOptions;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.schemas.Policy;
import io.alluvium.streams.policy.PolicyBook;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium policy set}. */
@Command(
    name = "set",
    description = "Make a document the next version of a policy.",
    footer = {
      "",
      "It is in force from the first record of each partition whose timestamp is at or after the moment "
          + "given with --in, so that every instance knows it by then and all decide alike. Versions never "
          + "change; to go back, set the old document again.",
      "",
      "Examples:",
      "  alluvium policy set policy.yaml --note 'refuse card numbers'",
      "  alluvium policy set strict.yaml --adapter support --in PT10M",
      "",
      "Exit: 0 set, 1 somebody else set that version first, 2 the document cannot be a policy."
    })
final class SetPolicyCommand implements Runnable {
  private static final Duration LEAST_LEAD = Duration.ofSeconds(10);

  private final Terminal terminal;

  @Mixin private final PolicyOptions options = new PolicyOptions();

  @Parameters(paramLabel = "FILE", description = "The document, YAML.")
  private Path file = Path.of("");

  @Option(names = "--note", paramLabel = "TEXT", description = "Why.")
  private @Nullable String note;

  @Option(
      names = "--author",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who (default: the user's name).")
  private String author = "";

  @Option(
      names = "--in",
      paramLabel = "DURATION",
      defaultValue = "PT10S",
      description = "How long from now until it is in force (default: ${DEFAULT-VALUE}).")
  private Duration lead = LEAST_LEAD;

  SetPolicyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    String document = PolicyOptions.read(file);
    options.checked(file, document);
    if (lead.compareTo(LEAST_LEAD) < 0) {
      throw CommandException.usage(
          "--in %s is too soon: at least %s, so that every instance knows the policy by then"
              .formatted(lead, LEAST_LEAD));
    }
    Cluster cluster = options.cluster();
    Policy policy = policy(document, Policies.read(cluster).next(options.adapter()));
    cluster.write(
        cluster.topics().policies(), List.of(new Keyed<>(PolicyBook.key(policy), policy)));
    confirm(policy, Policies.read(cluster).version(policy.getAdapter(), policy.getVersion()));
  }

  private Policy policy(String document, long version) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return Policy.newBuilder()
        .setAdapter(options.adapter())
        .setVersion(version)
        .setCreatedAt(now)
        .setEffectiveFrom(now.plus(lead))
        .setAuthor(author)
        .setNote(note)
        .setDocument(document)
        .build();
  }

  /** Two may set the same number at the same moment; the topic says who was first. */
  private void confirm(Policy ours, Policy first) {
    if (!first.equals(ours)) {
      throw CommandException.failed(
          "%s was set by %s at the same moment and counts: compare with `alluvium policy diff %s` and set again"
              .formatted(PolicyBook.key(ours), first.getAuthor(), file));
    }
    if (options.isJson()) {
      terminal.print(AvroJson.of(ours));
    } else {
      terminal.print(
          "%s in force from %s".formatted(PolicyBook.key(ours), ours.getEffectiveFrom()));
    }
  }
}
