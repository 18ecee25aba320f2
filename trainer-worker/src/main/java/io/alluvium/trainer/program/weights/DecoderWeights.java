package io.alluvium.trainer.program.weights;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import ai.djl.pytorch.jni.TensorList;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.HfFolder.Located;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.model.safetensors.SafetensorsFile;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.TensorEntry;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.device.EngineRuntime;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.packing.PackedTensors;
import io.alluvium.trainer.program.packing.Packing;
import io.alluvium.trainer.program.text.DecoderText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The frozen tensors of a decoder: weights in program order and the rotary tables.
 *
 * <p>Weights that the file holds in the wanted data type are views of the mapped file, shared
 * between processes; others are converted once, and on a GPU all are copied to its memory. Whoever
 * opened it closes it.
 */
public final class DecoderWeights implements AutoCloseable {
  private static final String LOADER =
      """
        def map(self: __torch__.M, path: str, elements: int, kind: int) -> List[Tensor]:
          return [torch.from_file(path, False, elements, dtype=kind)]

        def take(self: __torch__.M, file: Tensor, offset: int, size: List[int], stride: List[int], type: int, device: str) -> List[Tensor]:
          return [torch.to(torch.as_strided(file, size, stride, offset), torch.device(device), type)]

        def shift(self: __torch__.M, file: Tensor, offset: int, bytes: int, kind: int, size: List[int], stride: List[int], type: int, device: str) -> List[Tensor]:
          x = torch.clone(torch.slice(file, 0, offset, offset + bytes))
          return [torch.to(torch.as_strided(torch.view_copy(x, dtype=kind), size, stride), torch.device(device), type)]

      """;
  private static final long BYTE_KIND = 0;
  private static final long MAX_WIDENED_BYTES = 256L << 20;

  private final DecoderConfig config;
  private final Held held;
  private final TensorList weights;
  private final TensorList rope;
  private final int positions;

  /**
   * Wraps tensors, which are closed with it.
   *
   * @param weights in the order of {@link WeightSlot#all}
   * @param positions longest sequence to be run
   */
  public DecoderWeights(DecoderConfig config, TensorList weights, int positions) {
    this(config, Held.AS_MULTIPLIED, weights, positions);
  }

  private DecoderWeights(DecoderConfig config, Held held, TensorList weights, int positions) {
    this.config = config;
    this.held = held;
    this.weights = weights;
    this.positions = positions;
    this.rope = RopeTables.of(config, positions);
  }

  /**
   * Maps the weights of a folder.
   *
   * @param positions longest sequence to be run, tokens
   * @param type in which they are multiplied, whatever it is in the file
   */
  public static DecoderWeights open(HfFolder folder, int positions, DataType type)
      throws IOException {
    return open(folder, positions, type, held(folder, type));
  }

  /**
   * The same, held as wanted.
   *
   * @param held {@link Held#AS_STORED} for products in fp32, whatever the type
   */
  public static DecoderWeights open(HfFolder folder, int positions, DataType type, Held held)
      throws IOException {
    if (type == DataType.FP32) {
      NativeHeap.giveBackWide();
    }
    Map<String, NativeTensor> maps = new HashMap<>();
    try (ScriptModule loader = ScriptModule.load(TorchScriptArchive.of(LOADER))) {
      List<NativeTensor> tensors = new ArrayList<>();
      for (WeightSlot slot : WeightSlot.all(folder.config())) {
        Located place = folder.find(slot);
        TensorEntry entry = place.file().entry(place.name());
        tensors.add(
            load(loader, maps, place, slot.transposed())
                .with(kind(inMemory(slot, entry, type, held)))
                .with(EngineRuntime.device().torchName())
                .run()
                .get(0));
      }
      return new DecoderWeights(folder.config(), held, new TensorList(tensors), positions);
    } finally {
      maps.values().forEach(NativeTensor::close);
    }
  }

  /**
   * Small weights are widened once, for a product of few rows costs little more than widening;
   * large ones would cost twice the memory of their file. A CPU without units for bf16 multiplies
   * it in a plain loop, some hundred times as slowly as fp32.
   *
   * @param type in which they are wanted
   */
  public static Held held(HfFolder folder, DataType type) throws IOException {
    if (!EngineRuntime.device().isCpu()) {
      return Held.AS_MULTIPLIED;
    }
    if (type == DataType.BF16) {
      return type.multiplied() == type ? Held.AS_MULTIPLIED : Held.AS_STORED;
    }
    long widened = 0;
    for (WeightSlot slot : WeightSlot.all(folder.config())) {
      Located place = folder.find(slot);
      TensorEntry entry = place.file().entry(place.name());
      widened += entry.dtype() == Dtype.F32 ? 0 : entry.elements() * Float.BYTES;
    }
    return widened > MAX_WIDENED_BYTES ? Held.AS_STORED : Held.AS_MULTIPLIED;
  }

  /** The decoder's shape. */
  public DecoderConfig config() {
    return config;
  }

  /** How they lie in memory. */
  public Held held() {
    return held;
  }

  /** Weights in the order of {@link WeightSlot#all}. */
  public TensorList weights() {
    return weights;
  }

  /** Longest sequence that can be run, tokens. */
  public int positions() {
    return positions;
  }

  /**
   * Where each token of a batch finds its rotary position: its own, or, in a text too long for the
   * first frequencies, the same place among the others.
   */
  private long[] placed(Packing packing) {
    long[] placed = packing.positions().clone();
    if (beyond() == 0) {
      return placed;
    }
    long[] lengths = new long[packing.begins().length + 1];
    for (long owner : packing.owners()) {
      lengths[(int) owner]++;
    }
    for (int n = 0; n < placed.length; n++) {
      boolean text = packing.owners()[n] < packing.begins().length;
      placed[n] += text ? shift(lengths[(int) packing.owners()[n]] + 1) : 0;
    }
    return placed;
  }

  /** A batch in native memory, its tokens at their rotary positions. */
  public PackedTensors packed(Packing packing) {
    return PackedTensors.of(packing, placed(packing));
  }

  /**
   * What is added to the positions of a text of that many tokens to find its rotary positions.
   *
   * @param tokens length of the whole text
   */
  public long shift(long tokens) {
    return tokens > config.rotary().longFrom() ? beyond() : 0;
  }

  /** Row at which the frequencies of longer texts begin; 0 where there are none. */
  private int beyond() {
    return config.rotary().longFrom() < positions ? positions : 0;
  }

  /** Begins a call with the arguments that all methods of {@link DecoderText} share. */
  public ScriptModule.Call call(
      ScriptModule program, String method, TensorList adapters, double scale) {
    return program.method(method).with(weights).with(rope).with(adapters).with(scale);
  }

  @Override
  public void close() {
    weights.close();
    rope.close();
  }

  private static ScriptModule.Call load(
      ScriptModule loader, Map<String, NativeTensor> maps, Located place, boolean transposed)
      throws IOException {
    SafetensorsFile file = place.file();
    TensorEntry entry = file.entry(place.name());
    long width = entry.dtype().widthBytes();
    long[] size = entry.dimensions();
    long[] stride = strides(size);
    if (transposed) {
      size = new long[] {size[1], size[0]};
      stride = new long[] {stride[1], stride[0]};
    }
    if (entry.beginByte() % width == 0) {
      NativeTensor map = map(loader, maps, file.path(), kind(entry.dtype()), width);
      long offset = entry.beginByte() / width;
      return loader.method("take").with(map).with(offset).with(size).with(stride);
    }
    NativeTensor bytes = map(loader, maps, file.path(), BYTE_KIND, 1);
    return loader
        .method("shift")
        .with(bytes)
        .with(entry.beginByte())
        .with(entry.elements() * width)
        .with(kind(entry.dtype()))
        .with(size)
        .with(stride);
  }

  private static NativeTensor map(
      ScriptModule loader, Map<String, NativeTensor> maps, Path file, long kind, long width)
      throws IOException {
    String key = file + " as " + kind;
    NativeTensor known = maps.get(key);
    if (known == null) {
      long elements = Files.size(file) / width;
      known = loader.method("map").with(file.toString()).with(elements).with(kind).run().get(0);
      maps.put(key, known);
    }
    return known;
  }

  /**
   * The type in which a weight lies in memory. Norms and biases, which are small, lie there as they
   * are multiplied.
   *
   * @param entry the weight in its file
   * @param type in which weights are wanted
   */
  public static Dtype inMemory(WeightSlot slot, TensorEntry entry, DataType type, Held held) {
    Dtype wanted = type == DataType.BF16 ? Dtype.BF16 : Dtype.F32;
    if (held == Held.AS_MULTIPLIED) {
      return wanted;
    }
    if (slot.shape().size() == 1) {
      return Dtype.F32;
    }
    return type == DataType.FP32 ? entry.dtype() : wanted;
  }

  /** PyTorch's number of a data type. */
  private static long kind(Dtype dtype) {
    return switch (dtype) {
      case F32 -> 6;
      case F16 -> 5;
      case BF16 -> 15;
      default -> throw new IllegalArgumentException("no weights of type " + dtype);
    };
  }

  private static long[] strides(long[] size) {
    long[] strides = new long[size.length];
    long step = 1;
    for (int i = size.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= size[i];
    }
    return strides;
  }
}
