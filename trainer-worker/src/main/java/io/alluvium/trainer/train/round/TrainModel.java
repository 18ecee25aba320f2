package io.alluvium.trainer.train.round;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.BaseModel;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.spectrum.Intruders;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.AnchorMaker;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.canary.Canaries;
import io.alluvium.trainer.gate.canary.Canary;
import io.alluvium.trainer.gate.measure.Evaluator;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.gate.measure.SuiteEncoder;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.publish.Rejections;
import io.alluvium.trainer.publish.lineage.Lineage;
import io.alluvium.trainer.publish.lineage.LineageFollower;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.round.RoundContext;
import io.alluvium.trainer.round.RoundRunner;
import io.alluvium.trainer.round.RoundSettings;
import io.alluvium.trainer.round.TensorCallException;
import io.alluvium.trainer.round.division.Divider;
import io.alluvium.trainer.round.event.EventRecords;
import io.alluvium.trainer.round.event.EventWriter;
import io.alluvium.trainer.round.judge.Probes;
import io.alluvium.trainer.round.order.AnswerWriter;
import io.alluvium.trainer.round.order.Finding;
import io.alluvium.trainer.round.order.RollbackFinder;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.train.order.Answers;
import io.alluvium.trainer.worker.StartCheck;
import io.alluvium.trainer.worker.TensorThread;
import io.alluvium.trainer.worker.WorkerContext;
import io.alluvium.trainer.worker.config.ConfigDigest;
import io.alluvium.trainer.worker.config.ConfigurationException;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The training role's model behind its thread. */
public final class TrainModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainModel.class);

  private final TensorThread tensor = new TensorThread();
  private final TrainerConfig config;
  private final HfFolder folder;
  private final ExampleTokenizer tokenizer;
  private final Decoder decoder;
  private final StartCheck check;
  private final FineTuner tuner;
  private final ArtifactStore store;
  private final Probes probes;
  private final RoundRunner runner;
  private final String configDigest;

  /**
   * Opens base, store, suites and anchors.
   *
   * @param anchorsMade told how many anchors the base has generated, where it does
   * @throws IOException when the base or the anchors cannot be read
   */
  public TrainModel(TrainerConfig config, IntConsumer anchorsMade) throws IOException {
    long beganNs = System.nanoTime();
    this.config = config;
    this.store = ArtifactStore.open(config.store().uri(), config.member("train"));
    this.folder = HfFolder.open(config.base().folder());
    requireMeaning(config.finetune().lora());
    this.tokenizer = ExampleTokenizer.open(folder, config.base().chatDate());
    EngineOptions options = config.base().engine();
    this.decoder = tensor.call(() -> Decoder.open(folder, options));
    ItemMaker items =
        new ItemMaker(
            tokenizer::encode,
            new ItemMaker.Limits(decoder.maxTokens(), decoder.config().vocabulary()));
    StartCheck.texts(config.base().folder(), items);
    this.check = new StartCheck(decoder);
    tensor.run(check::scoring);
    Guards guards = tensor.call(() -> new Guards(config, suites(), anchors(anchorsMade)));
    LOG.info("{}", guards.line());
    guards.warning().ifPresent(LOG::warn);
    this.tuner =
        tensor.call(
            () ->
                StartCheck.explained(
                    "compile the training program",
                    () -> new FineTuner(decoder, config.finetune(), guards.anchors())));
    tensor.run(() -> check.training(tuner));
    Evaluator evaluator = tensor.call(() -> new Evaluator(decoder, guards.suites()));
    this.configDigest = new ConfigDigest(config, folder.digest()).hex();
    Divider divider = new Divider(items, new HeldOut(config.gate().heldOutShare()));
    this.probes = tensor.call(() -> probes(guards.suites(), evaluator));
    this.runner =
        new RoundRunner(
            new RoundContext(decoder, folder.name(), folder.digest(), tuner, evaluator),
            new RoundSettings(
                config.finetune().lora(),
                config.finetune().seed(),
                divider,
                new Gate(config.gate()),
                probes),
            store);
    LOG.info(
        "base {} opened and tried in {} ms",
        folder.name(),
        (System.nanoTime() - beganNs) / 1_000_000);
  }

  /** Does a round; empty when it was cancelled. */
  public Future<Optional<RoundOutcome>> run(
      RoundPlan plan, Recall recall, BooleanSupplier cancelled) {
    return tensor.submit(() -> round(plan, recall, cancelled));
  }

  /**
   * Looks at an order to go back.
   *
   * @param events reads all events of its adapter
   */
  public Future<Finding> look(
      AdapterCommand order, Supplier<List<AdapterVersion>> events, Recall recall) {
    return tensor.submit(
        () -> {
          try {
            return new RollbackFinder(folder.digest(), store, recall).find(order, events.get());
          } catch (IOException failed) {
            throw store.unusable(failed);
          }
        });
  }

  private Optional<RoundOutcome> round(RoundPlan plan, Recall recall, BooleanSupplier cancelled) {
    try {
      return runner.run(plan, recall, cancelled);
    } catch (TensorCallException failed) {
      return Optional.of(failed(plan, recall, failed));
    } catch (IOException failed) {
      throw store.unusable(failed);
    }
  }

  /** An engine that trains no more would refuse round after round. */
  private RoundOutcome failed(RoundPlan plan, Recall recall, TensorCallException failed) {
    LOG.warn("the round of {} failed", plan.adapter(), failed);
    check.training(tuner);
    try {
      return runner.failed(plan, recall, failed);
    } catch (IOException unreadable) {
      throw store.unusable(unreadable);
    }
  }

  /** Closes what rounds read by once no round reads any more. */
  public void closeAfterRounds(Recall recall) {
    tensor.execute(recall::close);
  }

  /** The store that rounds publish into. */
  public ArtifactStore store() {
    return store;
  }

  /** Deletes what crashes left in the store and nobody names, once it is old enough. */
  public void collectOrphans(WorkerContext context, LineageFollower lineage) {
    try {
      store
          .orphans(context.log(), config.store().orphanGrace())
          .collect(lineage::artifacts, context.clock().instant());
    } catch (IOException failed) {
      throw store.unusable(failed);
    }
  }

  /** The base's name and digest. */
  public BaseModel base() {
    return new BaseModel(folder.name(), folder.digest());
  }

  /** Makes the records of answers to orders. */
  public Answers answers(WorkerContext context, Lineage lineage) {
    return new Answers(
        context.topics(),
        new AnswerWriter(base(), WorkerContext.BUILD),
        context.serializer(),
        lineage);
  }

  /** Makes the records of what rounds of this model end in. */
  public EventRecords records(WorkerContext context) {
    LoraSpec spec = config.finetune().lora();
    EventWriter events =
        new EventWriter(
            context.sources(),
            base(),
            spec,
            spec.published(folder.config()),
            configDigest,
            WorkerContext.BUILD);
    return new EventRecords(
        context.topics(),
        events,
        context.serializer(),
        new Rejections("train", WorkerContext.BUILD, config.sendLimit()));
  }

  /**
   * What native work is still running may not lose its memory: then everything is left as it is.
   */
  @Override
  public void close() {
    if (tensor.stop()) {
      tuner.close();
      probes.close();
      decoder.close();
      tokenizer.close();
      store.close();
    }
  }

  /** Logs each tenth of the anchors. */
  private static final class Tenths implements IntConsumer {
    private final int wanted;
    private int told;

    Tenths(int wanted) {
      this.wanted = wanted;
    }

    @Override
    public void accept(int made) {
      int tenths = (int) (10L * made / wanted);
      if (tenths > told) {
        told = tenths;
        LOG.info("{} of {} anchors generated", made, wanted);
      }
    }
  }

  private void requireMeaning(LoraSpec adapters) {
    try {
      adapters.linears(folder.config());
    } catch (IllegalArgumentException wrong) {
      throw new ConfigurationException(
          "finetune does not fit %s: %s".formatted(folder.name(), wrong.getMessage()));
    }
  }

  private Probes probes(List<RetentionSuite> suites, Evaluator evaluator) {
    List<Canary> canaries = canaries(suites, evaluator);
    int top = config.gate().intruders();
    if (top == 0) {
      return new Probes(canaries, null);
    }
    AdapterKind kind = config.finetune().lora().kind();
    if (!Intruders.canCount(kind)) {
      throw new ConfigurationException(
          "gate.intruders is %d, but nothing is counted of kind %s: leave it out, or take another finetune.adapter.kind"
              .formatted(top, kind.describe()));
    }
    return new Probes(canaries, new Intruders(decoder, top));
  }

  /** What shows that adapters memorise; a start says so where they could not show it. */
  private List<Canary> canaries(List<RetentionSuite> suites, Evaluator evaluator) {
    Path file = config.gate().canaries();
    if (file == null) {
      return List.of();
    }
    List<Canary> canaries = Canaries.load(file, encoder(), decoder.maxTokens(), suites);
    canaries.forEach(canary -> canary.requireUnknown(evaluator));
    LOG.info("{} canaries of {} show whether records are memorised", canaries.size(), file);
    return canaries;
  }

  private SuiteEncoder encoder() {
    return new SuiteEncoder(tokenizer::encode, tokenizer::decode, decoder.config().vocabulary());
  }

  private List<RetentionSuite> suites() {
    SuiteEncoder encoder = encoder();
    return config.gate().retention().stream()
        .flatMap(file -> RetentionSuite.load(file, encoder, decoder.maxTokens()).stream())
        .toList();
  }

  private Anchors anchors(IntConsumer made) throws IOException {
    AnchorConfig anchors = config.finetune().anchors();
    if (!anchors.wanted()) {
      return Anchors.none();
    }
    if (anchors.file() != null) {
      int most = Math.min(anchors.maxTokens(), decoder.maxTokens());
      return Anchors.load(Path.of(anchors.file()), tokenizer, most);
    }
    LOG.info("making sure of {} anchors generated by the base", anchors.generate());
    try {
      IntConsumer told = made.andThen(new Tenths(anchors.generate()));
      return new AnchorMaker(decoder, config.finetune(), told)
          .once(folder.digest(), config.workDir());
    } catch (IOException failed) {
      throw new ConfigurationException(
          "workDir %s cannot keep the base's anchors (%s): correct it, or make space there"
              .formatted(config.workDir(), failed.getMessage()));
    } catch (IllegalArgumentException beginless) {
      throw new ConfigurationException(
          "%s: %s".formatted(config.base().folder(), beginless.getMessage()));
    }
  }
}
