package io.alluvium.trainer.finetune.begin;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.kind.AdapterKind.Needs;
import io.alluvium.trainer.adapter.kind.AdapterText;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.model.architecture.Layout;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.text.DecoderText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Makes the first adapter of any kind. */
public final class FreshAdapter {
  private static final String BEGIN =
      """
        def begun(self: __torch__.M, x: Tensor, moments: Tensor, rank: int, s: float) -> List[Tensor]:
      BODY
        def begin(self: __torch__.M, w: List[Tensor], rope: List[Tensor], a: List[Tensor], s: float, place: int, moments: Tensor, rank: int) -> List[Tensor]:
          found = self.begun(torch.to(w[place], 6), moments, rank, s)
          out = annotate(List[Tensor], [])
          for n in range(torch.len(found)):
            _0 = torch.append(out, torch.contiguous(torch.to(found[n], 6)))
          return out

      """;

  private final Decoder decoder;
  private final LoraSpec spec;
  private final List<Linear> linears;

  private FreshAdapter(Decoder decoder, LoraSpec spec) {
    this.decoder = decoder;
    this.spec = spec;
    this.linears = spec.linears(decoder.config());
  }

  /**
   * An adapter that changes nothing.
   *
   * @param seed of what is drawn
   * @param texts token ids to look at, where the kind wants to look at some
   * @throws IllegalArgumentException when it wants texts and there are none, or the rank is more
   *     than a linear has
   */
  public static LoraWeights of(Decoder decoder, LoraSpec spec, long seed, List<int[]> texts) {
    return new FreshAdapter(decoder, spec).of(seed, texts, n -> n);
  }

  /**
   * An adapter to try programs with: of linears of one shape only the first is looked at, and the
   * others begin as it does. So a start is not held up by hundreds of decompositions.
   */
  public static LoraWeights trial(Decoder decoder, LoraSpec spec, List<int[]> texts) {
    FreshAdapter fresh = new FreshAdapter(decoder, spec);
    return fresh.of(/* seed= */ 0, texts, fresh::firstOfItsShape);
  }

  private LoraWeights of(long seed, List<int[]> texts, IntUnaryOperator seen) {
    Needs needs = spec.kind().needs();
    if (needs == Needs.NOTHING) {
      return LoraWeights.initial(decoder.config(), spec, seed);
    }
    requireRanks();
    if (needs == Needs.WEIGHTS) {
      try (NativeTensor none = NativeTensor.of(new float[0], 0)) {
        return begin(seed, List.of(none), seen);
      }
    }
    List<NativeTensor> moments = Observation.of(decoder, texts);
    try {
      return begin(seed, moments, seen);
    } finally {
      moments.forEach(NativeTensor::close);
    }
  }

  private int firstOfItsShape(int n) {
    Linear own = linears.get(n);
    int first = 0;
    while (!own.equals(linears.get(first).at(own.path()))) {
      first++;
    }
    return first;
  }

  private LoraWeights begin(long seed, List<NativeTensor> moments, IntUnaryOperator seen) {
    DecoderText text = decoder.text(AdapterText.plain(List.of()));
    String methods = BEGIN.replace("BODY\n", spec.kind().start() + "\n");
    try (ScriptModule program =
        ScriptModule.load(TorchScriptArchive.of(text.forward() + methods))) {
      List<String> names = WeightSlot.all(decoder.config()).stream().map(WeightSlot::name).toList();
      Map<Integer, List<float[]>> begun = new HashMap<>();
      return LoraWeights.initial(
          decoder.config(),
          spec,
          seed,
          n ->
              begun.computeIfAbsent(
                  seen.applyAsInt(n), looked -> begin(program, names, looked, moments)));
    }
  }

  private List<float[]> begin(
      ScriptModule program, List<String> names, int n, List<NativeTensor> moments) {
    Linear linear = linears.get(n);
    NativeTensor seen = moments.size() == 1 ? moments.get(0) : moments.get(group(linear, n));
    List<NativeTensor> found =
        decoder
            .weights()
            .call(program, "begin", decoder.noAdapter(), spec.scale(linear))
            .with(names.indexOf(linear.path() + ".weight"))
            .with(seen)
            .with(spec.kind().width(linear))
            .run();
    List<float[]> values = new ArrayList<>();
    for (NativeTensor tensor : found) {
      try (tensor) {
        values.add(tensor.floats());
      }
    }
    return values;
  }

  /** Which of the inputs of {@link Observation} the n-th linear has. */
  private int group(Linear linear, int n) {
    DecoderConfig config = decoder.config();
    int layer = n / (linears.size() / config.layers());
    for (Layout.Linear known : config.architecture().layout().linears()) {
      if (config.path(layer, known.name()).equals(linear.path())) {
        return Observation.GROUPS.size() * layer + Observation.GROUPS.indexOf(known.part().group());
      }
    }
    throw new IllegalStateException(linear.path());
  }

  private void requireRanks() {
    for (Linear linear : linears) {
      int most = Math.min(linear.inputs(), linear.outputs());
      if (linear.rank() > most) {
        throw new IllegalArgumentException(
            "rank %d is more than %s has: %d".formatted(linear.rank(), linear.path(), most));
      }
    }
  }
}
