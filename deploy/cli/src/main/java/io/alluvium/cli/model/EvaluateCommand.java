package io.alluvium.cli.model;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.produce.line.ExampleLines;
import io.alluvium.cli.produce.line.LineSource;
import io.alluvium.cli.produce.line.ParsedLine;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.FormatOption;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.trainer.base.chat.UnrenderableChatException;
import io.alluvium.trainer.base.lora.LoraWeights;
import io.alluvium.trainer.base.text.ExampleText;
import io.alluvium.trainer.base.text.TokenSequence;
import io.alluvium.trainer.dataset.TextReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium evaluate}: losses of a file's records under a base, with or without adapter. */
@Command(
    name = "evaluate",
    description =
        "Measure loss and exact match of records under a base model, with or without adapter.",
    footer = {
      "",
      "Lines are those of produce. With --format json each record is {ids, response_start, loss}: tokens from",
      "response_start on are supervised, loss is their mean in nats. Where a conversation has several answers, a",
      "further field, supervised, lists the indices of all supervised tokens. The last line is {records, tokens,",
      "meanLoss}: tokens counts supervised ones, meanLoss is the mean over records. An ARTIFACT_URI is what",
      "`alluvium adapters list` prints last of an adapter.",
      "",
      "Examples:",
      "  alluvium evaluate --model trainer-worker/models/alluvium-tiny new.jsonl",
      "  alluvium evaluate --model BASE_FOLDER --adapter ARTIFACT_URI --format json new.jsonl",
      "",
      "Exit: 0 all measured, 1 some lines could not be, 2 model or adapter folder unusable."
    })
public final class EvaluateCommand implements Callable<Integer> {
  private static final int BATCH = 64;

  private final Terminal terminal;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Base model folder.")
  private Path model = Path.of("");

  @Option(
      names = "--adapter",
      paramLabel = "DIR|URI",
      description = "PEFT adapter folder, also as the URI that adapters list prints.")
  private @Nullable String adapter;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads of one tensor operation (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Mixin private final FormatOption format = new FormatOption();

  @Parameters(paramLabel = "FILE.jsonl", description = "The records.")
  private Path file = Path.of("");

  /** Speaks to a terminal. */
  public EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<LineSource.Line> lines = lines();
    Path folder = adapter == null ? null : AdapterHistory.folder(adapter);
    try (Model opened = Model.open(model, threads)) {
      LoraWeights weights = folder == null ? null : opened.adapter(folder);
      try {
        return measure(opened, weights, lines).code();
      } finally {
        if (weights != null) {
          weights.close();
        }
      }
    }
  }

  private ExitCode measure(
      Model opened, @Nullable LoraWeights weights, List<LineSource.Line> lines) {
    List<TokenSequence> records = encoded(opened, lines);
    Evaluation evaluation = new Evaluation();
    try (Progress progress = Progress.start(terminal, "evaluate", records.size())) {
      for (int from = 0; from < records.size(); from += BATCH) {
        List<TokenSequence> batch = records.subList(from, Math.min(records.size(), from + BATCH));
        evaluation.add(batch, opened.score(batch, weights), this::print);
        progress.at(evaluation.records());
      }
    }
    if (format.isJson()) {
      terminal.print(evaluation.json());
    } else {
      terminal.print(evaluation.text());
    }
    return evaluation.records() == lines.size() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(Evaluation.Line line) {
    if (format.isJson()) {
      terminal.print(line.json());
    }
  }

  private List<LineSource.Line> lines() {
    try (LineSource source = new LineSource(Files.newInputStream(file))) {
      return source.all().stream()
          .filter(line -> line.text() == null || !line.text().isBlank())
          .toList();
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "cannot read %s (%s): name a file of JSON lines in UTF-8"
              .formatted(file, FileFault.words(unreadable)),
          unreadable);
    }
  }

  private List<TokenSequence> encoded(Model opened, List<LineSource.Line> lines) {
    ExampleLines parser = new ExampleLines("evaluate");
    List<TokenSequence> records = new ArrayList<>();
    for (LineSource.Line line : lines) {
      String text = line.text();
      ParsedLine parsed =
          text == null ? new ParsedLine.Malformed("not UTF-8") : parser.parse(text, Instant.EPOCH);
      if (parsed instanceof ParsedLine.Example example) {
        take(opened, TextReader.textOf(example.value()), line.number(), records);
      } else if (parsed instanceof ParsedLine.Malformed malformed) {
        terminal.say("line %d: %s".formatted(line.number(), malformed.reason()));
      }
    }
    return records;
  }

  private void take(Model opened, ExampleText text, long number, List<TokenSequence> records) {
    try {
      TokenSequence tokens = opened.encode(text);
      if (tokens.length() > opened.maxTokens()) {
        terminal.say(
            "line %d: %d tokens, the base takes %d: shorten it"
                .formatted(number, tokens.length(), opened.maxTokens()));
      } else {
        records.add(tokens);
      }
    } catch (UnrenderableChatException unfit) {
      terminal.say("line %d: %s".formatted(number, unfit.getMessage()));
    }
  }
}
