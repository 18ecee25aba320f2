package io.alluvium.cli.samples;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.demo.domain.SupportDomain;
import io.alluvium.cli.demo.domain.question.QuestionAndAnswer;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code alluvium samples}: lines to begin with. */
@Command(
    name = "samples",
    description = "Print examples for a first session, one JSON object per line.",
    footer = {
      "",
      "Questions about the errors of machines, and what to do about each; the same error number asks for the same "
          + "action on every machine. One question is left out: standard error says which, and its answer.",
      "",
      "Examples:",
      "  alluvium samples > questions.jsonl",
      "  alluvium samples --count 300 --seed 7 > questions.jsonl"
    })
public final class SamplesCommand implements Runnable {
  private final Terminal terminal;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "2048",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides machines and actions (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** Speaks to a terminal. */
  public SamplesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    List<QuestionAndAnswer> all = new ArrayList<>(SupportDomain.steady(seed));
    QuestionAndAnswer leftOut = all.remove(first(all, "what now?"));
    if (count < 1 || count > all.size()) {
      throw CommandException.usage(
          "--count %d: there are 1 to %d examples".formatted(count, all.size()));
    }
    for (int number = 1; number <= count; number++) {
      terminal.print(json(number, all.get(number - 1)));
    }
    terminal.say(
        "%d examples; left out is \"%s\", of which the answer is \"%s\""
            .formatted(count, leftOut.prompt(), leftOut.completion().strip()));
  }

  private static int first(List<QuestionAndAnswer> all, String ending) {
    int number = 0;
    while (!all.get(number).prompt().endsWith(ending)) {
      number++;
    }
    return number;
  }

  private ObjectNode json(int number, QuestionAndAnswer example) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", "sample-%d-%04d".formatted(seed, number))
        .put("prompt", example.prompt())
        .put("completion", example.completion());
  }
}
