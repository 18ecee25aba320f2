package io.alluvium.cli.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.policy.book.Policies;
import io.alluvium.cli.policy.book.PolicyOptions;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.schemas.Policy;
import io.alluvium.streams.policy.PolicyBook;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium policy show}. */
@Command(
    name = "show",
    description = "Show all policies, or every key of the one in force or of a version.",
    footer = {
      "",
      "Without an option: one line for each version. With --whole the document of --adapter, every key "
          + "filled in from the configuration below it.",
      "",
      "Examples:",
      "  alluvium policy show",
      "  alluvium policy show --whole > policy.yaml",
      "  alluvium policy show --adapter support --version 3 --whole",
      "  alluvium policy show --format json"
    })
final class ShowPolicyCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final PolicyOptions options = new PolicyOptions();

  @Option(names = "--whole", description = "Print a document with every key.")
  private boolean whole;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "With --whole: this version (default: the one in force).")
  private @Nullable Long version;

  ShowPolicyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Policies policies = Policies.read(options.cluster());
    if (whole) {
      terminal.print(options.config().policies().whole(document(policies)).stripTrailing());
    } else {
      List<Policy> inForce = policies.inForce(Instant.now());
      policies.all().forEach(policy -> print(policy, inForce.contains(policy)));
      terminal.sayIfEmpty(
          policies.all(), "no policy is set: all rules are as streams-app is configured");
    }
  }

  private String document(Policies policies) {
    return version == null
        ? policies.inForce(options.adapter(), Instant.now()).map(Policy::getDocument).orElse("")
        : policies.version(options.adapter(), version).getDocument();
  }

  private void print(Policy policy, boolean inForce) {
    if (options.isJson()) {
      ObjectNode node = AvroJson.of(policy);
      terminal.print(node.put("inForce", inForce));
    } else {
      terminal.print(
          "%-24s %-8s from %s  by %s  %s"
              .formatted(
                  PolicyBook.key(policy),
                  inForce ? "in force" : "",
                  policy.getEffectiveFrom(),
                  policy.getAuthor(),
                  Objects.requireNonNullElse(policy.getNote(), "")));
    }
  }
}
