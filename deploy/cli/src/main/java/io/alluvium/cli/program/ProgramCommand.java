package io.alluvium.cli.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.step.TrainingProgram;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.config.ConfigReader;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium program}: the decoder and its training step as a file. */
@Command(
    name = "program",
    description = "Write the decoder's program, training step included, as a TorchScript archive.",
    footer = {
      "",
      "Only config.json of the folder is read; weights and adapters are arguments of "
          + "the program. In PyTorch 2 it is loaded by",
      "  torch.jit.load(FILE, _extra_files={'alluvium.json': ''})",
      "and alluvium.json says which tensors the methods want, in which order.",
      "trainer-worker/bench/peft_compare.py runs it beside transformers and PEFT.",
      "",
      "Examples:",
      "  alluvium program --model trainer-worker/models/alluvium-tiny --out tiny.pt",
      "  alluvium program --model BASE_FOLDER --out qwen.pt --rank 16 --target-modules q_proj,v_proj"
    })
public final class ProgramCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "Hugging Face folder with config.json.")
  private Path model = Path.of("");

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "File to write.")
  private Path out = Path.of("");

  @Option(
      names = "--rank",
      paramLabel = "N",
      defaultValue = "8",
      description = "Inner width of the adapters (default: ${DEFAULT-VALUE}).")
  private int rank;

  @Option(
      names = "--alpha",
      paramLabel = "X",
      defaultValue = "16",
      description = "Numerator of the adapters' scale (default: ${DEFAULT-VALUE}).")
  private double alpha;

  @Option(
      names = "--target-modules",
      paramLabel = "NAME",
      split = ",",
      description = "Adapted linears (default: all of a block).")
  private List<String> targets = new ArrayList<>();

  @Option(names = "--recompute", description = "Compute inner values again on the way back.")
  private boolean recompute;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      defaultValue = "0",
      description = "Share of what adapters read that is dropped (default: ${DEFAULT-VALUE}).")
  private double dropout;

  @Mixin private final FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public ProgramCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    DecoderConfig base = base();
    if (targets.isEmpty()) {
      targets = base.linears();
    }
    byte[] archive = archive(base);
    try {
      Files.write(out, archive);
    } catch (IOException unwritable) {
      throw CommandException.failed(
          "cannot write %s (%s): name a file in a folder that exists"
              .formatted(out, FileFault.words(unwritable)),
          unwritable);
    }
    report(archive.length);
  }

  private DecoderConfig base() {
    try {
      return ConfigReader.read(model);
    } catch (BadModelFolderException unfit) {
      throw CommandException.usage(String.valueOf(unfit.getMessage()), unfit);
    } catch (IOException unreadable) {
      throw CommandException.failed(
          "cannot read %s: %s".formatted(model, unreadable.getMessage()), unreadable);
    }
  }

  private byte[] archive(DecoderConfig base) {
    try {
      JsonNode configJson = JSON.readTree(model.resolve("config.json").toFile());
      return TrainingProgram.archive(base, configJson, config());
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    } catch (IOException unreadable) {
      throw CommandException.failed(
          "cannot read %s: %s".formatted(model, unreadable.getMessage()), unreadable);
    }
  }

  private FineTuneConfig config() {
    FineTuneConfig usual = FineTuneConfig.defaults();
    LoopConfig loop = new LoopConfig(0, 0, 0, dropout, 10, 0);
    return new FineTuneConfig(
        rank,
        alpha,
        targets,
        AdapterConfig.defaults(),
        1,
        1,
        usual.learningRate(),
        0,
        1,
        0,
        1,
        usual.explodingFactor(),
        recompute,
        loop,
        AnchorConfig.none(),
        Map.of(),
        0);
  }

  private void report(int bytes) {
    if (format.isJson()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("file", out.toString()).put("bytes", bytes).put("rank", rank).put("alpha", alpha);
      targets.forEach(json.putArray("targets")::add);
      json.put("recompute", recompute).put("dropout", dropout);
      terminal.print(json);
    } else {
      terminal.print(
          "%s: %d bytes, adapters of rank %d on %s"
              .formatted(out, bytes, rank, String.join(", ", targets)));
    }
  }
}
