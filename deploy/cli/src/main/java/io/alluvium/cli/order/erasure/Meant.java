package io.alluvium.cli.order.erasure;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.streams.hold.Erasure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is to be erased, at least one of these. */
final class Meant {
  @Option(names = "--subject", paramLabel = "NAME", description = "All of a person or thing.")
  private List<String> subjects = List.of();

  @Option(names = "--id", paramLabel = "EXAMPLE", description = "One example. Repeatable.")
  private List<String> ids = List.of();

  @Option(
      names = "--offsets",
      paramLabel = "PARTITION:FIRST-NEXT",
      description = "Records of examples.scored, NEXT excluded. Repeatable.")
  private List<String> offsets = List.of();

  List<String> subjects() {
    return subjects;
  }

  List<String> ids() {
    return ids;
  }

  /** Whether versions can be found by it: where a record was scored is not in the index. */
  boolean isTraceable() {
    return offsets.isEmpty();
  }

  /** As orders name it, one each. */
  List<String> arguments() {
    requireText("--subject", subjects);
    requireText("--id", ids);
    List<String> arguments = new ArrayList<>();
    subjects.forEach(subject -> arguments.add(Erasure.subject(subject)));
    ids.forEach(id -> arguments.add(Erasure.example(id)));
    offsets.forEach(range -> arguments.add(offsets(range)));
    return arguments;
  }

  private static void requireText(String option, List<String> values) {
    if (values.stream().anyMatch(String::isBlank)) {
      throw CommandException.usage(option + " is empty: name what is to be erased");
    }
  }

  private static String offsets(String range) {
    return Erasure.offsets(range)
        .orElseThrow(
            () ->
                CommandException.usage(
                    "--offsets %s is no range: write PARTITION:FIRST-NEXT, as in 0:1200-1300"
                        .formatted(range)));
  }
}
