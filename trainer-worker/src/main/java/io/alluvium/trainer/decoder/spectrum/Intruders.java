package io.alluvium.trainer.decoder.spectrum;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.kind.AdapterKind;
import io.alluvium.trainer.adapter.kind.AdapterText;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts intruder dimensions (Shuttleworth et al., "LoRA vs Full Fine-tuning: An Illusion of
 * Equivalence", arXiv 2410.21228): of the strongest left singular vectors of W + ΔW those to which
 * no singular vector of W is similar. Forgetting sits in them, by the paper, and they pile up from
 * version to version. Two decompositions of every adapted matrix, in fp64.
 */
public final class Intruders implements AutoCloseable {
  /** The paper's ε; among vectors of random directions a matrix of 128 rows has none above 0.4. */
  private static final double SIMILAR = 0.5;

  private static final String COUNT =
      """
        def intruders(self: __torch__.M, w: List[Tensor], rope: List[Tensor], p: List[Tensor], s: float, place: int, d: List[Tensor], top: int) -> List[Tensor]:
          y = torch.to(w[place], 7)
          z = torch.add(y, torch.mul(torch.mm(torch.to(d[1], 7), torch.to(d[0], 7)), s))
          u, e, v = torch.linalg_svd(y, False)
          x, f, q = torch.linalg_svd(z, False)
          c = torch.abs(torch.mm(torch.t(u), torch.slice(x, 1, 0, top)))
          found = torch.sum(torch.lt(torch.amax(c, [0]), SIMILAR))
          return [torch.to(found, 6)]

      """;

  private final Decoder decoder;
  private final int top;
  private final ScriptModule program;
  private final List<String> names;

  /**
   * Counts among so many of the strongest directions of each matrix.
   *
   * @param decoder the base; stays the caller's
   * @param top at least 1
   */
  public Intruders(Decoder decoder, int top) {
    this.decoder = decoder;
    this.top = top;
    String forward = decoder.text(AdapterText.plain(List.of())).forward();
    String count = COUNT.replace("SIMILAR", Double.toString(SIMILAR));
    this.program = ScriptModule.load(TorchScriptArchive.of(forward + count));
    this.names = WeightSlot.all(decoder.config()).stream().map(WeightSlot::name).toList();
  }

  /** Whether what adapters of a kind add is a pair, which is what is looked at. */
  public static boolean canCount(AdapterKind kind) {
    return !kind.dense() && !kind.gains();
  }

  /** Over all adapted matrices. */
  public int of(LoraWeights adapter) {
    LoraSpec spec = adapter.spec();
    List<Linear> trained = spec.linears(adapter.base());
    LoraSpec served = spec.published(adapter.base());
    List<Linear> published = served.linears(adapter.base());
    int found = 0;
    int tensor = 0;
    for (int n = 0; n < trained.size(); n++) {
      int parts = spec.kind().parts(trained.get(n)).size();
      if (trained.get(n).adapted()) {
        List<float[]> values = values(adapter, tensor, parts);
        double scale = served.scale(published.get(n));
        found += count(published.get(n), spec.kind().publish(trained.get(n), values), scale);
      }
      tensor += parts;
    }
    return found;
  }

  private static List<float[]> values(LoraWeights adapter, int from, int count) {
    List<float[]> values = new ArrayList<>();
    for (int n = from; n < from + count; n++) {
      values.add(adapter.tensors().tensors().get(n).floats());
    }
    return values;
  }

  private int count(Linear linear, List<float[]> pair, double scale) {
    try (NativeTensor a = NativeTensor.of(pair.get(0), linear.rank(), linear.inputs());
        NativeTensor b = NativeTensor.of(pair.get(1), linear.outputs(), linear.rank());
        NativeTensor found =
            decoder
                .weights()
                .call(program, "intruders", decoder.noAdapter(), scale)
                .with(names.indexOf(linear.path() + ".weight"))
                .with(List.of(a, b))
                .with(top)
                .run()
                .get(0)) {
      return Math.round(found.floats()[0]);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
