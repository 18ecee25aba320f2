package io.alluvium.trainer.program.loss;

/** Writes head and losses with their gradients, over a few rows at a time. */
public final class HeadText {
  private static final String METHODS =
      """
        def crossEntropy(self: __torch__.M, w: List[Tensor], h: Tensor, target: Tensor, share: TensorKNOWN) -> List[Tensor]:
          n = torch.size(h, 0)
          loss = torch.new_empty(h, [n], dtype=6)
          d = torch.empty_like(h)
          head = HEAD_WEIGHT
          for c in range(torch.floordiv(n + CHUNK - 1, CHUNK)):
            b = CHUNK * c
            e = b + CHUNK
            t = torch.unsqueeze(torch.slice(target, 0, b, e), 1)
            f = torch.slice(share, 0, b, e)
            y = self.logits(head, torch.slice(h, 0, b, e))
            z = torch.log_softmax(y, 1)
            _0 = torch.copy_(torch.slice(loss, 0, b, e), torch.neg(torch.squeeze(torch.gather(z, 1, t), 1)))
            SEE_BASE
            TOKEN_FACTOR
            TOKEN_PULL
            z = torch.scatter_add_(torch.exp_(z), 1, t, torch.full_like(t, -1., dtype=6))
            PULLED
            UNCAP_LOGITS
            part = torch.mm(torch.type_as(z, head), head)
            _1 = torch.copy_(torch.slice(d, 0, b, e), torch.mul(part, torch.unsqueeze(f, 1)))
          return [loss, d]

        def anchorKl(self: __torch__.M, w: List[Tensor], base: Tensor, h: Tensor, coefficient: float) -> List[Tensor]:
          n = torch.size(h, 0)
          apart = torch.new_empty(h, [n], dtype=6)
          d = torch.empty_like(h)
          head = HEAD_WEIGHT
          for c in range(torch.floordiv(n + CHUNK - 1, CHUNK)):
            b = CHUNK * c
            e = b + CHUNK
            p = torch.log_softmax(self.logits(head, torch.slice(base, 0, b, e)), 1)
            y = self.logits(head, torch.slice(h, 0, b, e))
            q = torch.log_softmax(y, 1)
            r = torch.exp(p)
            _0 = torch.copy_(torch.slice(apart, 0, b, e), torch.sum(torch.mul(r, torch.sub(p, q)), [1]))
            z = torch.sub_(torch.exp_(q), r)
            UNCAP_LOGITS
            part = torch.mm(torch.type_as(z, head), head)
            _1 = torch.copy_(torch.slice(d, 0, b, e), torch.mul(part, torch.div(coefficient, n)))
          return [torch.div(torch.sum(apart), n), d, apart]

      """;

  private HeadText() {}

  /**
   * The methods {@code crossEntropy} and {@code anchorKl}.
   *
   * @param logitCap of the architecture; 0 for none
   * @param tokens what is done to single tokens
   */
  public static String of(double logitCap, TokenText tokens) {
    boolean pulls = !tokens.pull().isEmpty();
    String methods =
        METHODS.replace("TensorKNOWN", tokens.seesBase() ? "Tensor, known: Tensor" : "Tensor");
    methods = line(methods, "SEE_BASE", base(tokens));
    methods =
        line(
            methods,
            "TOKEN_FACTOR",
            tokens.factor().isEmpty() ? "" : "f = torch.mul(f, self.tokenFactor(z, t, p))");
    methods = line(methods, "TOKEN_PULL", pulls ? "o = self.tokenPull(z, t, p)" : "");
    methods = line(methods, "PULLED", pulls ? "z = torch.add_(z, o)" : "");
    return tokens.methods() + line(methods, "UNCAP_LOGITS", uncapped(logitCap));
  }

  private static String base(TokenText tokens) {
    if (tokens.seesBase()) {
      return "p = torch.log_softmax(self.logits(head, torch.slice(known, 0, b, e)), 1)";
    }
    return tokens.factor().isEmpty() && tokens.pull().isEmpty() ? "" : "p = z";
  }

  /** The slope of cap·tanh(z / cap) is 1 − (capped / cap)². */
  private static String uncapped(double cap) {
    return cap > 0
        ? "z = torch.mul(z, torch.rsub(torch.square(torch.div(y, " + cap + ")), 1.))"
        : "";
  }

  private static String line(String methods, String name, String written) {
    return written.isEmpty()
        ? methods.replace("      " + name + "\n", "")
        : methods.replace(name, written);
  }
}
