package io.alluvium.trainer.bench.forgetting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.bench.forgetting.measure.Domain;
import io.alluvium.trainer.bench.forgetting.measure.Measures;
import io.alluvium.trainer.bench.forgetting.order.Arm;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.DomainFiles;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.OldText;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult;
import io.alluvium.trainer.bench.forgetting.run.Course;
import io.alluvium.trainer.bench.forgetting.run.InMemoryLog;
import io.alluvium.trainer.bench.forgetting.run.SequenceRun;
import io.alluvium.trainer.bench.forgetting.run.SequenceRun.Instruments;
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
import io.alluvium.trainer.round.judge.Probes;
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

  private static final int MAX_TOKENS = 512;

  /** Of a domain's held-out questions and of old text. */
  private static final int QUESTIONS = 128;

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
    HfFolder base = HfFolder.open(Path.of(order.material().base()));
    try (Decoder decoder = Decoder.open(base, new EngineOptions(1, MAX_TOKENS));
        ExampleTokenizer tokenizer = ExampleTokenizer.open(base)) {
      return new SequenceBench(order, base, decoder, tokenizer).run();
    }
  }

  private SequenceResult run() throws IOException {
    FineTuneConfig config = arm.config();
    List<RetentionSuite> skills = skills();
    List<RetentionSuite> measured = new ArrayList<>(skills);
    oldText().ifPresent(measured::add);
    Measures measures = new Measures(decoder, domains(), measured);
    try (FineTuner tuner = new FineTuner(decoder, config, anchors(config));
        ArtifactStore store =
            ArtifactStore.open(Path.of(order.work()).resolve("artifacts").toUri(), "bench")) {
      Instruments instruments =
          new Instruments(decoder, runner(config, tuner, skills, store), events(config));
      return new Course(order, measures, instruments).run();
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
            new Gate(gated ? gate() : letsPass()),
            Probes.NONE),
        store);
  }

  private GateConfig gate() {
    return GateConfig.defaults().pullingBack(arm.amounts().pullBacks());
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
        new Own(0, 1, 1e9),
        null,
        0,
        0,
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

  private Optional<RetentionSuite> oldText() throws IOException {
    OldText old = order.material().old();
    return old == null
        ? Optional.empty()
        : Optional.of(new RetentionSuite(SequenceResult.OLD, questions(old.questions())));
  }

  private OldText old() {
    OldText old = order.material().old();
    if (old == null) {
      throw new IllegalArgumentException("arm " + arm.name() + " needs old text");
    }
    return old;
  }

  private Anchors anchors(FineTuneConfig config) throws IOException {
    if (!arm.anchored()) {
      return Anchors.none();
    }
    Optional<Path> file =
        arm.has(Arm.Part.OLD)
            ? Optional.of(Path.of(old().anchors()))
            : new SkillFiles(base.path()).anchors();
    return file.isPresent()
        ? Anchors.load(file.get(), tokenizer, config.anchors().maxTokens())
        : new AnchorMaker(decoder, config).once(base.digest(), Path.of(order.material().shared()));
  }

  private List<Domain> domains() throws IOException {
    List<Domain> domains = new ArrayList<>();
    for (DomainFiles files : order.material().domains()) {
      domains.add(domain(files));
    }
    return domains;
  }

  private Domain domain(DomainFiles files) throws IOException {
    List<TrainingExample> records = new ArrayList<>();
    List<TokenSequence> sequences = new ArrayList<>();
    for (JsonNode line : lines(files.train())) {
      TokenSequence tokens = tokenizer.encode(ExampleText.ofJson(line));
      if (tokens.length() <= decoder.maxTokens() && records.size() < order.material().records()) {
        String prompt = line.path("prompt").asText();
        String completion = line.path("completion").asText();
        records.add(SequenceRun.example(files.name(), records.size(), prompt, completion));
        sequences.add(tokens);
      }
    }
    Map<String, List<TokenSequence>> tests = new LinkedHashMap<>();
    for (Map.Entry<String, String> test : files.tests().entrySet()) {
      tests.put(test.getKey(), questions(test.getValue()));
    }
    Domain domain = new Domain(files.name(), records, sequences, tests);
    double noise = arm.amounts().noise();
    return noise > 0 ? domain.noisy(noise, order.seed(), this::tokens) : domain;
  }

  private TokenSequence tokens(TrainingExample example) {
    return tokenizer.encode(
        ExampleText.ofJson(
            JSON.createObjectNode()
                .put("prompt", example.getPrompt())
                .put("completion", example.getCompletion())));
  }

  /** The first ones that the base can take. */
  private List<TokenSequence> questions(String file) throws IOException {
    return lines(file).stream()
        .map(line -> tokenizer.encode(ExampleText.ofJson(line)))
        .filter(tokens -> tokens.length() <= decoder.maxTokens())
        .limit(QUESTIONS)
        .toList();
  }

  private static List<JsonNode> lines(String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(file))) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }
}
