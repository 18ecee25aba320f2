package io.alluvium.trainer.adapter;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.adapter.kind.AdapterText;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.adapter.part.Part;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The fp32 tensors of one adapter, in program order: per layer and target those of its kind, which
 * for LoRA are A (rank x inputs), then B (outputs x rank). Owns native memory.
 */
public final class LoraWeights implements AutoCloseable {
  private final DecoderConfig base;
  private final LoraSpec spec;
  private final List<Slot> slots;
  private final AdapterText text;
  private final TensorList tensors;

  /**
   * One tensor of an adapter.
   *
   * @param path path of the adapted linear, such as {@code model.layers.0.self_attn.q_proj}
   * @param part what it is there; of no elements where a linear has no adapter
   */
  public record Slot(String path, Part part) {
    /** The name PEFT gives the tensor in its file. */
    public String peftName() {
      return "base_model.model." + path + "." + part.peftName();
    }

    /** Outputs of this matrix. */
    public long rows() {
      return part.rows();
    }

    /** Inputs of this matrix. */
    public long columns() {
      return part.columns();
    }
  }

  private LoraWeights(LoraWeights like, TensorList tensors) {
    this.base = like.base;
    this.spec = like.spec;
    this.slots = like.slots;
    this.text = like.text;
    this.tensors = tensors;
  }

  private LoraWeights(LoraWeights like, LoraSpec spec) {
    this.base = like.base;
    this.spec = spec;
    this.slots = slots(base, spec);
    this.text = spec.text(base);
    this.tensors = like.tensors;
  }

  private LoraWeights(DecoderConfig base, LoraSpec spec, List<float[]> values) {
    this.base = base;
    this.spec = spec;
    this.slots = slots(base, spec);
    this.text = spec.text(base);
    List<NativeTensor> made = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      made.add(NativeTensor.of(values.get(i), slots.get(i).rows(), slots.get(i).columns()));
    }
    this.tensors = new TensorList(made);
  }

  /**
   * A fresh adapter that changes nothing, drawn in Java so that a seed means the same everywhere.
   */
  public static LoraWeights initial(DecoderConfig config, LoraSpec spec, long seed) {
    if (spec.kind().needs() != AdapterKind.Needs.NOTHING) {
      throw new IllegalArgumentException(
          spec.kind().describe() + " adapters begin from the base, not from a seed alone");
    }
    return initial(config, spec, seed, n -> List.of());
  }

  /**
   * A fresh adapter of a kind that begins from the base.
   *
   * @param start what the kind's own start gives for the n-th linear of the spec
   */
  public static LoraWeights initial(
      DecoderConfig config, LoraSpec spec, long seed, IntFunction<List<float[]>> start) {
    Random random = new Random(seed);
    List<float[]> values = new ArrayList<>();
    List<Linear> linears = spec.linears(config);
    List<List<float[]>> starts =
        IntStream.range(0, linears.size())
            .mapToObj(n -> linears.get(n).adapted() ? start.apply(n) : List.<float[]>of())
            .toList();
    List<List<float[]>> settled = spec.kind().settled(linears, starts);
    for (int n = 0; n < linears.size(); n++) {
      values.addAll(spec.kind().initial(linears.get(n), random, settled.get(n)));
    }
    return of(config, spec, values);
  }

  /**
   * An adapter of given values.
   *
   * @param values one row-major matrix per slot of {@link #slots(DecoderConfig, LoraSpec)}
   */
  public static LoraWeights of(DecoderConfig config, LoraSpec spec, List<float[]> values) {
    return new LoraWeights(config, spec, values);
  }

  /**
   * The tensors an adapter of this spec has, in program order.
   *
   * @throws IllegalArgumentException naming a target that the base lacks
   */
  public static List<Slot> slots(DecoderConfig config, LoraSpec spec) {
    return spec.linears(config).stream()
        .flatMap(
            linear -> spec.kind().parts(linear).stream().map(part -> new Slot(linear.path(), part)))
        .toList();
  }

  /** The shape of its base. */
  public DecoderConfig base() {
    return base;
  }

  /** What it adapts. */
  public LoraSpec spec() {
    return spec;
  }

  /** Its tensors' names and shapes, in program order. */
  public List<Slot> slots() {
    return slots;
  }

  /** What the decoder's program has to know of it. */
  public AdapterText text() {
    return text;
  }

  /** Its tensors, in program order; they live as long as this adapter. */
  public TensorList tensors() {
    return tensors;
  }

  /** Those that training changes, in program order. */
  public List<NativeTensor> trained() {
    return IntStream.range(0, slots.size())
        .filter(i -> slots.get(i).part().trained())
        .mapToObj(i -> tensors.tensors().get(i))
        .toList();
  }

  /** Names and shapes of those that training changes. */
  public List<Slot> trainedSlots() {
    return slots.stream().filter(slot -> slot.part().trained()).toList();
  }

  /**
   * The same tensors under the spec that they were trained as, of which the published one says
   * less. Nothing is copied: whoever closes the result has closed this.
   *
   * @param trained a spec whose kind is published as it is
   * @throws IllegalArgumentException when its tensors have other shapes
   */
  public LoraWeights as(LoraSpec trained) {
    if (!shapes(slots(base, trained)).equals(shapes(slots))) {
      throw new IllegalArgumentException("tensors of " + spec + " are not those of " + trained);
    }
    return new LoraWeights(this, trained);
  }

  /** What is the same whatever training does to a tensor. */
  private static List<List<Object>> shapes(List<Slot> slots) {
    return slots.stream()
        .map(slot -> List.<Object>of(slot.peftName(), slot.rows(), slot.columns()))
        .toList();
  }

  /** A second adapter with its own memory and the same values. */
  public LoraWeights copy() {
    return new LoraWeights(this, tensors.copy());
  }

  /**
   * A second adapter with its own memory and other values where it is trained.
   *
   * @param trained in the order of {@link #trained()}
   */
  public LoraWeights copyWith(List<NativeTensor> trained) {
    List<float[]> values = new ArrayList<>();
    Iterator<NativeTensor> next = trained.iterator();
    for (int i = 0; i < slots.size(); i++) {
      NativeTensor from = slots.get(i).part().trained() ? next.next() : tensors.tensors().get(i);
      values.add(from.floats());
    }
    return new LoraWeights(base, spec, values);
  }

  /**
   * An adapter whose values lie between those of another and its own, tensor by tensor.
   *
   * @param from of the same base and spec
   * @param share of the way; 0 for the other's values, 1 for its own
   * @throws IllegalArgumentException when the specs differ
   */
  public LoraWeights between(LoraWeights from, double share) {
    if (!spec.equals(from.spec)) {
      throw new IllegalArgumentException(from.spec + " is not " + spec);
    }
    List<float[]> values = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      float[] own = tensors.tensors().get(i).floats();
      float[] other = from.tensors.tensors().get(i).floats();
      for (int n = 0; n < own.length; n++) {
        own[n] = (float) (other[n] + share * (own[n] - other[n]));
      }
      values.add(own);
    }
    return new LoraWeights(base, spec, values);
  }

  /** Whether it changes the model at all. */
  public boolean alive() {
    return perLinear().stream().anyMatch(values -> spec.kind().alive(values));
  }

  /** Whether all values are finite. */
  public boolean finite() {
    for (NativeTensor tensor : tensors.tensors()) {
      for (float value : tensor.floats()) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void close() {
    tensors.close();
  }

  /** The shape of the folder that PEFT loads. */
  LoraSpec publishedSpec() {
    if (spec.kind().publishedAsIs()) {
      return spec.published(base);
    }
    List<Linear> linears = spec.linears(base);
    List<List<float[]>> values = perLinear();
    int[] kept =
        IntStream.range(0, linears.size())
            .map(n -> spec.kind().kept(linears.get(n), values.get(n)))
            .toArray();
    boolean asConfigured =
        IntStream.range(0, kept.length).allMatch(n -> kept[n] == linears.get(n).rank());
    return asConfigured ? spec.published(base) : spec.published(base, kept);
  }

  /** Values of what is published, one matrix per slot of the published shape. */
  List<float[]> published() {
    List<Linear> linears = spec.linears(base);
    List<List<float[]>> values = perLinear();
    List<float[]> published = new ArrayList<>();
    for (int n = 0; n < linears.size(); n++) {
      published.addAll(spec.kind().publish(linears.get(n), values.get(n)));
    }
    return published;
  }

  private List<List<float[]>> perLinear() {
    int linears = spec.linears(base).size();
    int parts = slots.size() / linears;
    List<float[]> all = tensors.tensors().stream().map(NativeTensor::floats).toList();
    return IntStream.range(0, linears)
        .mapToObj(n -> all.subList(parts * n, parts * n + parts))
        .toList();
  }
}
