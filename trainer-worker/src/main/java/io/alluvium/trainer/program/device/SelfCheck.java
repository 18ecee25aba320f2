package io.alluvium.trainer.program.device;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import ai.djl.pytorch.jni.TensorList;
import java.util.List;

/** Runs every operation the programs depend on once, on tiny tensors with known results. */
final class SelfCheck {
  private static final String PROBE =
      """
        def gradient(self: __torch__.M, x: Tensor) -> List[Tensor]:
          torch.set_grad_enabled(True)
          y = torch.requires_grad_(torch.detach(x))
          g = torch.grad([torch.sum(torch.mul(y, y))], [y])[0]
          torch.set_grad_enabled(False)
          return [torch._unwrap_optional(g)]

        def update(self: __torch__.M, p: List[Tensor], m: List[Tensor], v: List[Tensor], g: List[Tensor]) -> List[Tensor]:
          one = torch.reshape(torch.ones_like(g[0]), annotate(List[int], []))
          torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), [one], lr=0.5, beta1=0.9, beta2=0.999, weight_decay=0., eps=0., amsgrad=False, maximize=False, grad_scale=one, found_inf=torch.zeros_like(one))
          return p

        def half(self: __torch__.M, x: Tensor) -> List[Tensor]:
          return [torch.to(torch.to(x, 15), 6)]

        def attend(self: __torch__.M, x: Tensor) -> List[Tensor]:
          y = torch.view(x, [1, 1, 1, -1])
          return [torch.flatten(torch.scaled_dot_product_attention(y, y, y))]

      """;

  private SelfCheck() {}

  static void run() {
    try (ScriptModule probe = ScriptModule.load(TorchScriptArchive.of(PROBE));
        NativeTensor x = NativeTensor.of(new float[] {3}, 1)) {
      require("torch.grad", probe.method("gradient").with(x).run(), 6);
      require("bf16", probe.method("half").with(x).run(), 3);
      require("attention", probe.method("attend").with(x).run(), 3);
      requireUpdate(probe);
    }
  }

  private static void requireUpdate(ScriptModule probe) {
    try (TensorList p = zero();
        TensorList m = zero();
        TensorList v = zero();
        NativeTensor g = NativeTensor.of(new float[] {2}, 1)) {
      List<NativeTensor> result =
          probe.method("update").with(p).with(m).with(v).with(List.of(g)).run();
      require("fused AdamW", result, -0.5f);
    }
  }

  private static TensorList zero() {
    return new TensorList(List.of(NativeTensor.of(new float[] {0}, 1)));
  }

  private static void require(String operation, List<NativeTensor> result, float expected) {
    float actual = result.get(0).floats()[0];
    result.forEach(NativeTensor::close);
    if (Math.abs(actual - expected) > 1e-5f) {
      throw new IllegalStateException(
          "self-check of " + operation + " gave " + actual + ", want " + expected);
    }
  }
}
