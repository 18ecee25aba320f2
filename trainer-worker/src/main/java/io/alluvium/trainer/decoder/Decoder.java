package io.alluvium.trainer.decoder;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.kind.AdapterText;
import io.alluvium.trainer.decoder.memory.PassMemory;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.device.EngineRuntime;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.packing.PackedTensors;
import io.alluvium.trainer.program.packing.Packing;
import io.alluvium.trainer.program.text.DecoderText;
import io.alluvium.trainer.program.text.Kernels;
import io.alluvium.trainer.program.weights.DecoderWeights;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A frozen base model that runs token sequences, optionally under an adapter.
 *
 * <p>Used from one thread at a time.
 */
public final class Decoder implements AutoCloseable {
  private final DecoderWeights weights;
  private final Map<AdapterText, ScriptModule> programs = new HashMap<>();
  private final TensorList noAdapter = new TensorList(List.of());
  private final DataType type;

  private Decoder(DecoderWeights weights, DataType type) {
    this.weights = weights;
    this.type = type;
  }

  /** Starts the engine if need be, maps the weights and compiles the program. */
  public static Decoder open(HfFolder folder, EngineOptions options) throws IOException {
    EngineRuntime.start(options.threads(), options.device());
    int positions = Math.min(options.maxTokens(), folder.config().maxPositions());
    DataType type = options.precision().dataType();
    return new Decoder(DecoderWeights.open(folder, positions, type), type);
  }

  /** In what its frozen weights are held. */
  public DataType dataType() {
    return type;
  }

  /** A decoder over weights that are being made; it closes them. */
  public static Decoder of(DecoderWeights weights) {
    return new Decoder(weights, DataType.FP32);
  }

  /** The model's shape. */
  public DecoderConfig config() {
    return weights.config();
  }

  /** What its passes take. */
  public PassMemory memory() {
    return new PassMemory(config(), type, weights.held());
  }

  /** The frozen tensors, for programs that train on top of them. */
  public DecoderWeights weights() {
    return weights;
  }

  /** What a call takes that runs the base alone. */
  public TensorList noAdapter() {
    return noAdapter;
  }

  /** Longest sequence it takes, tokens. */
  public int maxTokens() {
    return weights.positions();
  }

  /** Losses and exact matches. */
  public Scores score(List<TokenSequence> sequences, @Nullable LoraWeights adapter) {
    return new Scoring(this, adapter).score(sequences, /* embed= */ false);
  }

  /** Losses, exact matches and embeddings. */
  public Scores scoreWithEmbeddings(List<TokenSequence> sequences, @Nullable LoraWeights adapter) {
    return new Scoring(this, adapter).score(sequences, /* embed= */ true);
  }

  /**
   * Continues prompts until an end token (included in the result) or the limit.
   *
   * @param prompts token ids, each at least one; with the new tokens at most {@link #maxTokens()}
   * @return the new tokens per prompt
   */
  public List<int[]> generate(
      List<int[]> prompts, GenerationOptions options, @Nullable LoraWeights adapter) {
    return new Generation(this, adapter, options).run(prompts);
  }

  /** Logits for the token after the given ones, one per vocabulary entry. */
  public double[] lastLogits(int[] ids, @Nullable LoraWeights adapter) {
    requireLength(ids.length);
    long shift = weights.shift(ids.length);
    long[] at = LongStream.range(shift, shift + ids.length).toArray();
    try (PackedTensors batch = PackedTensors.of(Packing.of(List.of(ids)), at)) {
      List<NativeTensor> result = batch.to(call("last", adapter)).run();
      float[] logits = takeFloats(result.get(0));
      return IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray();
    }
  }

  /**
   * Last hidden states under the base alone, per sequence: positions x hidden, in the type in which
   * the head multiplies. What training compares an adapter with.
   */
  public List<NativeTensor> baseStates(List<int[]> sequences) {
    return states(sequences, null);
  }

  /** The same under an adapter. */
  public List<NativeTensor> states(List<int[]> sequences, @Nullable LoraWeights adapter) {
    Packing packing = Packing.of(sequences);
    long[] lengths = sequences.stream().mapToLong(s -> s.length).toArray();
    try (PackedTensors batch = weights.packed(packing)) {
      return batch.to(call("states", adapter)).with(packing.begins()).with(lengths).run();
    }
  }

  @Override
  public void close() {
    programs.values().forEach(ScriptModule::close);
    programs.clear();
    noAdapter.close();
    weights.close();
  }

  ScriptModule.Call call(String method, @Nullable LoraWeights adapter) {
    if (adapter == null) {
      return weights.call(program(AdapterText.plain(List.of())), method, noAdapter, 0);
    }
    return weights.call(program(adapter.text()), method, adapter.tensors(), adapter.spec().scale());
  }

  void requireLength(int tokens) {
    if (tokens > maxTokens()) {
      throw new IllegalArgumentException(
          "sequence of " + tokens + " tokens is longer than maxTokens " + maxTokens());
    }
  }

  static float[] takeFloats(NativeTensor tensor) {
    try (tensor) {
      return tensor.floats();
    }
  }

  /** Writes programs over these weights for adapters of a kind. */
  public DecoderText text(AdapterText adapter) {
    return new DecoderText(config(), adapter, weights.held(), Kernels.of(EngineRuntime.device()));
  }

  private ScriptModule program(AdapterText adapter) {
    return programs.computeIfAbsent(
        adapter, t -> ScriptModule.load(TorchScriptArchive.of(text(t).forward())));
  }
}
