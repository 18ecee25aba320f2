package io.alluvium.cli.model;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.produce.line.ExampleLines;
import io.alluvium.cli.produce.line.ParsedLine;
import io.alluvium.cli.produce.shape.ShapeOption;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.dataset.Itemized;
import io.alluvium.trainer.line.Line;
import io.alluvium.trainer.line.LineSource;
import io.alluvium.trainer.model.text.TokenSequence;
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
      "Lines are those of produce, in the same shapes. With --format json each record is {ids, response_start, loss}: tokens from",
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

  @Mixin private final ShapeOption shape = new ShapeOption();

  @Mixin private final ChatDateOption chatDate = new ChatDateOption();

  @Mixin private final FormatOption format = new FormatOption();

  @Parameters(paramLabel = "FILE.jsonl", description = "The records.")
  private Path file = Path.of("");

  private long refused;

  /** Speaks to a terminal. */
  public EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (LineSource lines = new LineSource(Files.newInputStream(file))) {
      // Before a model is opened, which takes a while: can the file be read at all?
      Line first = lines.next();
      try (Model opened = Model.open(model, threads, chatDate.date())) {
        return measure(opened, encoded(opened, first, lines)).code();
      }
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "cannot read %s (%s): name a file of JSON lines in UTF-8"
              .formatted(file, FileFault.words(unreadable)),
          unreadable);
    }
  }

  private ExitCode measure(Model opened, List<TokenSequence> records) {
    Path folder = adapter == null ? null : AdapterHistory.folder(adapter);
    try (@Nullable LoraWeights weights = folder == null ? null : opened.adapter(folder)) {
      return measure(opened, weights, records);
    }
  }

  private ExitCode measure(
      Model opened, @Nullable LoraWeights weights, List<TokenSequence> records) {
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
    return refused == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(Evaluation.Line line) {
    if (format.isJson()) {
      terminal.print(line.json());
    }
  }

  private List<TokenSequence> encoded(Model opened, @Nullable Line first, LineSource lines)
      throws IOException {
    ExampleLines parser = new ExampleLines("evaluate", shape.shaping(file.toString(), terminal));
    ItemMaker items = opened.items();
    List<TokenSequence> records = new ArrayList<>();
    for (Line line = first; line != null; line = lines.next()) {
      ParsedLine parsed = parser.parse(line, Instant.EPOCH);
      if (parsed instanceof ParsedLine.Example example) {
        take(items, example.value(), line.number(), records);
      } else if (parsed instanceof ParsedLine.Malformed malformed) {
        refuse(line.number(), malformed.reason());
      }
    }
    return records;
  }

  /** What training would not take of this base is not measured either. */
  private void take(
      ItemMaker items, TrainingExample example, long number, List<TokenSequence> records) {
    Itemized made = items.make(example, 1);
    if (made instanceof Itemized.Usable usable) {
      records.add(usable.item().tokens());
    } else if (made instanceof Itemized.Unusable unusable) {
      refuse(number, unusable.refusal().detail());
    }
  }

  private void refuse(long number, String reason) {
    refused++;
    terminal.say("line %d: %s".formatted(number, reason));
  }
}
