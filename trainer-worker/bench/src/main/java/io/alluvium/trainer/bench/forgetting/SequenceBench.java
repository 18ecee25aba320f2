package io.alluvium.trainer.bench.forgetting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.bench.forgetting.SequenceOrder.DomainFiles;
import io.alluvium.trainer.bench.forgetting.SequenceResult.Row;
import io.alluvium.trainer.bench.forgetting.SequenceRun.Domain;
import io.alluvium.trainer.bench.forgetting.SequenceRun.Instruments;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.AnchorMaker;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.GateConfig;
import io.alluvium.trainer.gate.GateConfig.LossRule;
import io.alluvium.trainer.gate.GateConfig.Own;
import io.alluvium.trainer.gate.measure.Evaluator;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.SkillFiles;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.round.RoundContext;
import io.alluvium.trainer.round.RoundRunner;
import io.alluvium.trainer.round.RoundSettings;
import io.alluvium.trainer.round.division.Divider;
import io.alluvium.trainer.round.event.EventWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One arm, one seed: {@code ORDER} (a {@link SequenceOrder} as JSON) prints a {@link
 * SequenceResult} as JSON on the last line.
 */
public final class SequenceBench {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int MAX_TOKENS = 256;

  private final SequenceOrder order;
  private final Arm arm;
  private final HfFolder base;
  private final Decoder decoder;
  private final ExampleTokenizer tokenizer;

  private SequenceBench(
      SequenceOrder order, HfFolder base, Decoder decoder, ExampleTokenizer tokenizer) {
    this.order = order;
    this.arm = Arm.of(order.arm());
    this.base = base;
    this.decoder = decoder;
    this.tokenizer = tokenizer;
  }

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    SequenceResult result = measure(JSON.readValue(arguments[0], SequenceOrder.class));
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println(JSON.writeValueAsString(result));
    Runtime.getRuntime().halt(0);
  }

  /**
   * Does an order.
   *
   * @throws IOException when the base, a domain or the work folder cannot be read or written
   */
  static SequenceResult measure(SequenceOrder order) throws IOException {
    HfFolder base = HfFolder.open(Path.of(order.base()));
    try (Decoder decoder = Decoder.open(base, new EngineOptions(1, MAX_TOKENS));
        ExampleTokenizer tokenizer = ExampleTokenizer.open(base)) {
      return new SequenceBench(order, base, decoder, tokenizer).run();
    }
  }

  private SequenceResult run() throws IOException {
    FineTuneConfig config = arm.config();
    List<RetentionSuite> skills = skills();
    try (FineTuner tuner = new FineTuner(decoder, config, anchors(config));
        ArtifactStore store =
            ArtifactStore.open(Path.of(order.work()).resolve("artifacts").toUri(), "bench");
        SequenceRun run =
            new SequenceRun(
                new Instruments(
                    decoder, runner(config, tuner, skills, store), events(config), skills),
                arm,
                order.stream(),
                order.seed())) {
      List<Row> rows = run.run(domains());
      return new SequenceResult(
          order.arm(),
          order.seed(),
          rows,
          run.verdicts(),
          run.reasons(),
          run.tokens(),
          run.seconds());
    }
  }

  private RoundRunner runner(
      FineTuneConfig config, FineTuner tuner, List<RetentionSuite> skills, ArtifactStore store) {
    boolean gated = arm.has(Arm.Part.GATE);
    Evaluator evaluator = new Evaluator(decoder, gated ? skills : List.of());
    ItemMaker items =
        new ItemMaker(
            tokenizer::encode,
            new ItemMaker.Limits(decoder.maxTokens(), decoder.config().vocabulary()));
    return new RoundRunner(
        new RoundContext(decoder, base.name(), base.digest(), tuner, evaluator),
        new RoundSettings(
            config.lora(),
            order.seed(),
            new Divider(items, new HeldOut(GateConfig.defaults().heldOutShare())),
            new Gate(gated ? GateConfig.defaults() : letsPass())),
        store);
  }

  /** Nothing is harm, so that training goes on from every candidate. */
  private static GateConfig letsPass() {
    return new GateConfig(
        GateConfig.defaults().heldOutShare(),
        1,
        0.95,
        Integer.MAX_VALUE,
        List.of(),
        1,
        1e9,
        LossRule.NEVER,
        new Own(0, 1),
        1e-5);
  }

  private EventWriter events(FineTuneConfig config) {
    LoraSpec spec = config.lora();
    return new EventWriter(
        InMemoryLog.SOURCES,
        new BaseModel(base.name(), base.digest()),
        spec,
        spec.published(decoder.config()),
        "bench",
        "bench");
  }

  private List<RetentionSuite> skills() throws IOException {
    List<RetentionSuite> skills = new ArrayList<>();
    for (Path file : new SkillFiles(base.path()).suites()) {
      skills.addAll(RetentionSuite.load(file, tokenizer::encode, decoder.maxTokens()));
    }
    return skills;
  }

  private Anchors anchors(FineTuneConfig config) throws IOException {
    if (!arm.has(Arm.Part.ANCHORS)) {
      return Anchors.none();
    }
    Optional<Path> file = new SkillFiles(base.path()).anchors();
    return file.isPresent()
        ? Anchors.load(file.get(), tokenizer, config.anchors().maxTokens())
        : new AnchorMaker(decoder, config).once(base.digest(), Path.of(order.work()));
  }

  private List<Domain> domains() throws IOException {
    List<Domain> domains = new ArrayList<>();
    for (DomainFiles files : order.domains()) {
      domains.add(domain(files));
    }
    return domains;
  }

  private Domain domain(DomainFiles files) throws IOException {
    List<TrainingExample> records = new ArrayList<>();
    List<TokenSequence> sequences = new ArrayList<>();
    for (JsonNode line : lines(files.train())) {
      records.add(
          SequenceRun.example(
              files.name(),
              records.size(),
              line.path("prompt").asText(),
              line.path("completion").asText()));
      sequences.add(tokenizer.encode(ExampleText.ofJson(line)));
    }
    Map<String, List<TokenSequence>> tests = new LinkedHashMap<>();
    for (Map.Entry<String, String> test : files.tests().entrySet()) {
      tests.put(
          test.getKey(),
          lines(test.getValue()).stream()
              .map(line -> tokenizer.encode(ExampleText.ofJson(line)))
              .toList());
    }
    return new Domain(files.name(), records, sequences, tests);
  }

  private static List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
