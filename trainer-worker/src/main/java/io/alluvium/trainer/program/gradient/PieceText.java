package io.alluvium.trainer.program.gradient;

import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.architecture.Architecture.Activation;
import io.alluvium.trainer.model.architecture.Architecture.NormKind;
import io.alluvium.trainer.model.architecture.Layout;

/**
 * Writes the ways back through a norm and through the activation. Llama's are written out, because
 * automatic differentiation keeps and copies more; those of other architectures are taken from the
 * decoder's own methods by differentiating that piece alone.
 *
 * <p>{@code through_norm}: the gradient {@code dh} of what the norm at place {@code n} makes of
 * {@code x}, drawn back to {@code x} and added to {@code d}. {@code opened}: the activation of the
 * linears' outputs {@code y}, and behind it what {@code through_activation} needs to draw its
 * gradient {@code dm} back to them; it may overwrite both. {@code activated}: the activation alone.
 */
final class PieceText {
  private static final String ROOT_MEAN_SQUARE =
      """
        def through_norm(self: __torch__.M, d: Tensor, x: Tensor, w: List[Tensor], n: int, dh: Tensor) -> Tensor:
          m = torch.div(torch.square(torch.linalg_vector_norm(x, 2, [-1], True)), HIDDEN)
          r = torch.rsqrt(torch.add(m, EPSILON))
          t = torch.mul(torch.to(dh, 6), w[n])
          c = torch.squeeze(torch.bmm(torch.unsqueeze(t, 1), torch.unsqueeze(x, 2)), 2)
          c = torch.div(torch.mul(c, torch.pow(r, 3)), -HIDDEN)
          return torch.add_(torch.addcmul_(torch.mul_(t, r), x, c), d)

      """;

  private static final String ANY_NORM =
      """
        def through_norm(self: __torch__.M, d: Tensor, x: Tensor, w: List[Tensor], n: int, dh: Tensor) -> Tensor:
          torch.set_grad_enabled(True)
          z = self.leaf(x)
          h = torch.type_as(self.norm(z, w, n), w[LIKE])
          torch.set_grad_enabled(False)
          return torch.add(d, self.pull(h, [z], dh)[0])

      """;

  private static final String GATED_SILU =
      """
        def activated(self: __torch__.M, y: List[Tensor]) -> Tensor:
          return torch.mul_(torch.silu(y[0]), y[1])

        def opened(self: __torch__.M, y: List[Tensor]) -> List[Tensor]:
          side = torch.silu(y[0])
          return [torch.mul(side, y[1]), side, y[0], y[1]]

        def through_activation(self: __torch__.M, o: List[Tensor], dm: Tensor) -> List[Tensor]:
          du = torch.mul_(o[1], dm)
          t = torch.mul_(dm, o[3])
          return [torch.silu_backward(t, o[2], grad_input=t), du]

      """;

  private static final String ANY_ACTIVATION =
      """
        def activated(self: __torch__.M, y: List[Tensor]) -> Tensor:
          return self.activate(y)

        def opened(self: __torch__.M, y: List[Tensor]) -> List[Tensor]:
          torch.set_grad_enabled(True)
          f = self.leaves(y)
          m = self.activate(f)
          torch.set_grad_enabled(False)
          return torch.add([m], f)

        def through_activation(self: __torch__.M, o: List[Tensor], dm: Tensor) -> List[Tensor]:
          return self.pull(o[0], torch.slice(o, 1, torch.len(o), 1), dm)

      """;

  private PieceText() {}

  static String of(Architecture architecture) {
    boolean plainNorm = architecture.norms().kind() == NormKind.RMS;
    boolean gated =
        architecture.layout() == Layout.SEPARATE && architecture.activation() == Activation.SILU;
    String norm = plainNorm ? ROOT_MEAN_SQUARE : ANY_NORM;
    return architecture.mixture().there() ? norm : norm + (gated ? GATED_SILU : ANY_ACTIVATION);
  }
}
