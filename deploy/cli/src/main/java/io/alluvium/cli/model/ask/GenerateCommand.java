package io.alluvium.cli.model.ask;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.adapters.AdapterName;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.local.machine.ShippedBase;
import io.alluvium.cli.model.ChatDateOption;
import io.alluvium.cli.model.Model;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium generate}: asks a published version. */
@Command(
    name = "generate",
    description = "Continue prompts with a published adapter version, or with the base alone.",
    footer = {
      "",
      "The version's folder is found through the topics. The base is that of the local stack unless --base "
          + "names another; it must be the one that the version was trained on.",
      "",
      "Examples:",
      "  alluvium generate --adapter support \"the lumo shows error 4. what now?\"",
      "  alluvium generate --adapter support@2 --temperature 0.8 --seed 7 \"hello\"",
      "  alluvium generate --base trainer-worker/models/alluvium-tiny \"sort cab:\""
    })
public final class GenerateCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--adapter",
      paramLabel = "ID[@V]",
      description = "Adapter, and version if meant.")
  private @Nullable String adapter;

  @Option(names = "--base", paramLabel = "DIR", description = "Base model folder.")
  private @Nullable Path base;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      defaultValue = "64",
      description = "Most tokens added (default: ${DEFAULT-VALUE}).")
  private int maxTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "0 takes the likeliest token (default), above it is sampled.")
  private double temperature;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the sampling (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "auto",
      description =
          "chat: a prompt is what a user says, written by the base's chat template; text: it is the beginning of "
              + "a text; auto (default): as the records were that the version learned from, text without one.")
  private PromptForm form = PromptForm.AUTO;

  @Mixin private final ChatDateOption chatDate = new ChatDateOption();

  @Mixin private final FormatOption format = new FormatOption();

  @Parameters(paramLabel = "PROMPT", arity = "1..*", description = "What to continue.")
  private final List<String> prompts = new ArrayList<>();

  /** Speaks to a terminal. */
  public GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    GenerationOptions options = options();
    AdapterVersion version = adapter == null ? null : version(AdapterName.parse(adapter));
    try (Model model = Model.open(baseFolder(), 1, chatDate.date())) {
      if (version == null) {
        answer(model, options, null, form);
      } else {
        requireSameBase(model, version);
        try (LoraWeights weights = model.adapter(AdapterHistory.folder(version))) {
          answer(model, options, weights, formOf(version, model));
        }
      }
    }
  }

  private GenerationOptions options() {
    try {
      return new GenerationOptions(maxTokens, temperature, seed);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private AdapterVersion version(AdapterName name) {
    return AdapterHistory.read(connection.cluster().ensureReachable()).find(name);
  }

  private Path baseFolder() {
    return base == null ? RunningBase.of(connection.folder()).orElseGet(ShippedBase::folder) : base;
  }

  private static void requireSameBase(Model model, AdapterVersion version) {
    if (!model.digest().equals(version.getBase().getDigest())) {
      throw CommandException.usage(
          "%s@%d was trained on base %s (%s), the folder here is another (%s): name the right one with --base"
              .formatted(
                  version.getAdapter(),
                  version.getVersion(),
                  version.getBase().getName(),
                  version.getBase().getDigest(),
                  model.digest()));
    }
  }

  /** A base without a chat template learns conversations as plain text, and is asked so. */
  private PromptForm formOf(AdapterVersion version, Model model) {
    if (form != PromptForm.AUTO || !model.chats()) {
      return form;
    }
    Optional<PromptForm> learned = PromptForm.of(version, connection.cluster());
    if (learned.isEmpty()) {
      terminal.say(
          "the records that %s@%d learned from are gone, so the prompt is taken as text: say --form chat if it learned messages"
              .formatted(version.getAdapter(), version.getVersion()));
    }
    return learned.orElse(PromptForm.TEXT);
  }

  private void answer(
      Model model, GenerationOptions options, @Nullable LoraWeights weights, PromptForm asked) {
    for (String prompt : prompts) {
      String completion =
          asked == PromptForm.CHAT
              ? model.answer(prompt, options, weights)
              : model.generate(prompt, options, weights);
      if (format.isJson()) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        terminal.print(answer.put("prompt", prompt).put("completion", completion));
      } else {
        terminal.print(asked == PromptForm.CHAT ? completion : prompt + completion);
      }
    }
  }
}
