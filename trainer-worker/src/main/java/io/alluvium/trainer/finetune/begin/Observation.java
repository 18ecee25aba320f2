package io.alluvium.trainer.finetune.begin;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.adapter.kind.AdapterText;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.model.architecture.Part.Group;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.packing.PackedTensors;
import io.alluvium.trainer.program.packing.Packing;
import io.alluvium.trainer.program.text.DecoderText;
import java.util.ArrayList;
import java.util.List;

/** What the linears of the base get to see on some texts. */
final class Observation {
  /** The groups of a block, in the order in which their inputs are returned. */
  static final List<Group> GROUPS = List.of(Group.values());

  private static final int TEXTS_PER_CALL = 32;

  /** Padding sees nothing, so it is left out. Sums are in double precision. */
  private static final String OBSERVE =
      """
        def seen(self: __torch__.M, h: Tensor, real: Tensor) -> Tensor:
          x = torch.to(torch.index_select(h, 0, real), 7)
          return torch.mm(torch.t(x), x)

        def observe(self: __torch__.M, w: List[Tensor], rope: List[Tensor], a: List[Tensor], s: float, ids: Tensor, pos: Tensor, places: List[Tensor], real: Tensor, before: List[Tensor]) -> List[Tensor]:
          out = annotate(List[Tensor], [])
          sights = self.sights(places)
          turn = self.turns(rope, pos)
          x = self.embed(w, ids, pos)
          for l in range(LAYERS):
            i = FIRST + SLOTS * l
            j = STRIDE * l
            h = torch.type_as(self.norm(x, w, i), w[LIKE])
            _0 = torch.append(out, self.seen(h, real))
            h = self.attend(self.inputs(h, w, i, a, j, s), w, i, turn, sights)
            _1 = torch.append(out, self.seen(h, real))
            y = torch.add(x, SETTLED_ATTENTION)
            h = torch.type_as(self.norm(y, w, i + SECOND), w[LIKE])
            _2 = torch.append(out, self.seen(h, real))
            h = INNER_MLP
            _3 = torch.append(out, self.seen(h, real))
            x = torch.add(y, SETTLED_MLP)
          for n in range(torch.len(before)):
            _4 = torch.add_(out[n], before[n])
          return out

      """;

  private Observation() {}

  /**
   * Second moments Σ h·hᵀ of the inputs of each block's groups of linears, block by block, in fp64.
   *
   * @throws IllegalArgumentException without texts
   */
  static List<NativeTensor> of(Decoder decoder, List<int[]> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("this kind of adapter begins from texts; there are none");
    }
    DecoderText text = decoder.text(AdapterText.plain(List.of()));
    List<NativeTensor> sums = List.of();
    String methods = text.forward() + text.fill(OBSERVE);
    try (ScriptModule program = ScriptModule.load(TorchScriptArchive.of(methods))) {
      for (int from = 0; from < texts.size(); from += TEXTS_PER_CALL) {
        int to = Math.min(texts.size(), from + TEXTS_PER_CALL);
        List<NativeTensor> more = observe(decoder, program, texts.subList(from, to), sums);
        sums.forEach(NativeTensor::close);
        sums = more;
      }
    }
    return sums;
  }

  private static List<NativeTensor> observe(
      Decoder decoder, ScriptModule program, List<int[]> texts, List<NativeTensor> before) {
    Packing packing = Packing.of(texts);
    long[] real = real(packing, texts);
    try (PackedTensors batch = decoder.weights().packed(packing);
        NativeTensor places = NativeTensor.of(real, real.length)) {
      return batch
          .to(decoder.weights().call(program, "observe", decoder.noAdapter(), 0))
          .with(places)
          .with(before)
          .run();
    }
  }

  private static long[] real(Packing packing, List<int[]> texts) {
    List<Long> places = new ArrayList<>();
    for (int n = 0; n < texts.size(); n++) {
      for (int t = 0; t < texts.get(n).length; t++) {
        places.add(packing.begins()[n] + t);
      }
    }
    return places.stream().mapToLong(Long::longValue).toArray();
  }
}
