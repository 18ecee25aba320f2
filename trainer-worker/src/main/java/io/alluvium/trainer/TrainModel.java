package io.alluvium.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alluvium.schemas.BaseModel;
import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.base.EngineOptions;
import io.alluvium.trainer.base.folder.HfFolder;
import io.alluvium.trainer.base.lora.LoraSpec;
import io.alluvium.trainer.base.text.ExampleTokenizer;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.gate.Examiner;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.RetentionSuite;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.round.Divider;
import io.alluvium.trainer.round.EventWriter;
import io.alluvium.trainer.round.RoundOutcome;
import io.alluvium.trainer.round.WindowPlan;
import io.alluvium.trainer.round.Workshop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The training role's model behind its thread. */
final class TrainModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainModel.class);

  private final TensorThread tensor = new TensorThread();
  private final TrainerConfig config;
  private final HfFolder folder;
  private final ExampleTokenizer tokenizer;
  private final Decoder decoder;
  private final FineTuner tuner;
  private final ArtifactStore store;
  private final Workshop workshop;

  /**
   * Opens base, store, suites and anchors.
   *
   * @throws IOException when the base or the anchors cannot be read
   */
  TrainModel(TrainerConfig config) throws IOException {
    this.config = config;
    this.store = ArtifactStore.open(config.store().uri());
    this.folder = HfFolder.open(config.base().folder());
    requireMeaning(config.finetune().lora());
    this.tokenizer = ExampleTokenizer.open(folder);
    EngineOptions options = config.base().engine();
    this.decoder = tensor.call(() -> Decoder.open(folder, options));
    this.tuner =
        tensor.call(
            () ->
                StartCheck.explained(
                    "compile the training program",
                    () -> new FineTuner(decoder, config.finetune(), anchors())));
    tensor.call(() -> StartCheck.training(decoder, tuner));
    Examiner examiner = tensor.call(() -> new Examiner(decoder, suites()));
    Divider divider =
        new Divider(
            new ItemMaker(tokenizer::encode, decoder.maxTokens()),
            new HeldOut(config.gate().heldOutShare()));
    this.workshop =
        new Workshop(
            new Workshop.Bench(decoder, folder.name(), folder.digest(), tuner, examiner),
            new Workshop.Rules(
                config.finetune().lora(),
                config.finetune().seed(),
                divider,
                new Gate(config.gate())),
            store);
  }

  /** Does a window's rounds; empty when it was cancelled. */
  Future<Optional<List<RoundOutcome>>> run(WindowPlan plan, BooleanSupplier cancelled) {
    return tensor.submit(() -> workshop.run(plan, cancelled));
  }

  /** The store that rounds publish into. */
  ArtifactStore store() {
    return store;
  }

  /** Writes events for rounds of this model. */
  EventWriter events(String trainingTopic) {
    LoraSpec spec = config.finetune().lora();
    return new EventWriter(
        trainingTopic,
        new BaseModel(folder.name(), folder.digest()),
        spec,
        spec.published(folder.config()),
        configDigest(),
        Wiring.BUILD);
  }

  /**
   * What native work is still running may not lose its memory: then everything is left as it is.
   */
  @Override
  public void close() {
    if (tensor.stop()) {
      tuner.close();
      decoder.close();
      tokenizer.close();
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

  private List<RetentionSuite> suites() {
    return config.gate().retention().stream()
        .flatMap(file -> RetentionSuite.load(file, tokenizer::encode, decoder.maxTokens()).stream())
        .toList();
  }

  private Anchors anchors() throws IOException {
    AnchorConfig anchors = config.finetune().anchors();
    if (!anchors.wanted()) {
      return Anchors.none();
    }
    if (anchors.file() != null) {
      return Anchors.load(Path.of(anchors.file()), tokenizer, anchors.maxTokens());
    }
    LOG.info("making sure of {} anchors generated by the base", anchors.generate());
    return Anchors.generateOnce(decoder, folder.digest(), config.workDir(), config.finetune());
  }

  /** Two versions with the same digest, window and parent must be the same version. */
  private String configDigest() {
    JsonMapper json =
        JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    try {
      byte[] text =
          json.writeValueAsString(
                  Map.of(
                      "maxTokens", config.base().maxTokens(),
                      "finetune", config.finetune(),
                      "gate", config.gate()))
              .getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("the configuration was read from such a form", impossible);
    }
  }
}
