package io.alluvium.cli.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.policy.book.Policies;
import io.alluvium.cli.policy.book.PolicyOptions;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.Policy;
import io.alluvium.streams.policy.document.PolicyForm;
import io.alluvium.streams.policy.document.YamlLayers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium policy diff}. */
@Command(
    name = "diff",
    description = "Compare a document with the policy in force, key by key.",
    footer = {
      "",
      "What a document leaves out counts as the configuration has it.",
      "",
      "Examples:",
      "  alluvium policy diff policy.yaml",
      "  alluvium policy diff policy.yaml --adapter support --version 2 --format json"
    })
final class DiffPolicyCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final PolicyOptions options = new PolicyOptions();

  @Parameters(paramLabel = "FILE", description = "The document, YAML.")
  private Path file = Path.of("");

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "Compare with this version (default: the one in force).")
  private @Nullable Long version;

  DiffPolicyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    String document = PolicyOptions.read(file);
    options.checked(file, document);
    Policies policies = Policies.read(options.cluster());
    PolicyForm form = options.config().policies();
    Map<String, String> before = flat(form.whole(present(policies)));
    Map<String, String> after = flat(form.whole(document));
    TreeSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
    keys.forEach(key -> print(key, before.get(key), after.get(key)));
    terminal.sayIfEmpty(keys, "no difference: %s says what is in force".formatted(file));
  }

  private String present(Policies policies) {
    return version == null
        ? policies.inForce(options.adapter(), Instant.now()).map(Policy::getDocument).orElse("")
        : policies.version(options.adapter(), version).getDocument();
  }

  private void print(String key, @Nullable String before, @Nullable String after) {
    if (options.isJson()) {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("key", key);
      terminal.print(node.put("before", before).put("after", after));
    } else {
      terminal.print("%s: %s -> %s".formatted(key, before, after));
    }
  }

  private static Map<String, String> flat(String document) {
    Map<String, String> values = new TreeMap<>();
    try {
      flatten("", YamlLayers.YAML.readTree(document), values);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
    return values;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> values) {
    if (node instanceof ObjectNode section) {
      section
          .properties()
          .forEach(
              entry ->
                  flatten(
                      path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                      entry.getValue(),
                      values));
    } else {
      values.put(path, node.isTextual() ? node.asText() : node.toString());
    }
  }
}
