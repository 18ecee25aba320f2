package io.alluvium.trainer.program.text;

/** Method text for batched generation with a key-value cache; joined to {@link DecoderText}. */
public final class GenerationText {
  private GenerationText() {}

  /**
   * {@code generate}: prompts in {@code ids} (B x P, padded on the right) of {@code length} tokens
   * continue until every row met one of {@code eos} or {@code uniform} (B x new tokens, in [0, 1))
   * is used up. Temperature 0 takes the likeliest token; otherwise the inverse of the cumulative
   * distribution at the row's own uniform number, so a row does not depend on its batch. Returns B
   * x steps token ids, -1 after the end.
   *
   * <p>Rotary positions are taken {@code shift} rows further on: where those of longer texts stand.
   *
   * <p>Cache slots beyond a row's length hold rubbish of its padding until they are overwritten,
   * and are masked until then.
   */
  static final String METHODS =
      """
        def pick(self: __torch__.M, logits: Tensor, temperature: float, uniform: Tensor) -> Tensor:
          if temperature > 0.:
            c = torch.cumsum(torch.softmax(torch.div(logits, temperature), 1), 1)
            u = torch.mul(torch.unsqueeze(uniform, 1), torch.slice(c, 1, -1))
            t = torch.clamp(torch.sum(torch.le(c, u), [1]), 0, VOCABULARY - 1)
          else:
            t = torch.argmax(logits, 1)
          return t

        def prefill(self: __torch__.M, w: List[Tensor], rope: List[Tensor], a: List[Tensor], s: float, ids: Tensor, cache: List[Tensor], shift: int) -> Tensor:
          rows = torch.size(ids, 0)
          n = torch.size(ids, 1)
          at = torch.flatten(torch.expand(torch.unsqueeze(self.count(ids, n), 0), [rows, n]))
          turn = self.turns(rope, torch.add(at, shift))
          seen = torch.add([ids], self.mask(n, ids))
          x = self.embed(w, ids, at)
          for l in range(LAYERS):
            i = FIRST + SLOTS * l
            j = STRIDE * l
            h = torch.type_as(self.norm(x, w, i), w[LIKE])
            y = self.heads(self.inputs(h, w, i, a, j, s), w, i, turn)
            q = self.stand(y[0], rows)
            k = self.stand(y[1], rows)
            v = self.stand(y[2], rows)
            _0 = torch.copy_(torch.slice(cache[2 * l], 2, 0, n), k)
            _1 = torch.copy_(torch.slice(cache[2 * l + 1], 2, 0, n), v)
            o = torch.type_as(torch.flatten(self.lie(self.weigh(q, k, v, seen, i)), 1), w[LIKE])
            x = self.finish(x, o, w, i, a, j, s)
          return self.norm(x, w, FINAL)

        def advance(self: __torch__.M, w: List[Tensor], rope: List[Tensor], a: List[Tensor], s: float, token: Tensor, at: Tensor, cache: List[Tensor], n: int, shift: int) -> Tensor:
          rows = torch.size(token, 0)
          row = self.count(token, rows)
          turn = self.turns(rope, torch.add(at, shift))
          seen = self.ahead(at, n)
          x = self.embed(w, token, at)
          for l in range(LAYERS):
            i = FIRST + SLOTS * l
            j = STRIDE * l
            h = torch.type_as(self.norm(x, w, i), w[LIKE])
            y = self.heads(self.inputs(h, w, i, a, j, s), w, i, turn)
            place = annotate(List[Optional[Tensor]], [row, at])
            _0 = torch.index_put_(torch.transpose(cache[2 * l], 1, 2), place, y[1])
            _1 = torch.index_put_(torch.transpose(cache[2 * l + 1], 1, 2), place, y[2])
            q = self.stand(y[0], rows)
            k = torch.slice(cache[2 * l], 2, 0, n)
            v = torch.slice(cache[2 * l + 1], 2, 0, n)
            o = torch.type_as(torch.flatten(self.lie(self.look(q, k, v, seen, i)), 1), w[LIKE])
            x = self.finish(x, o, w, i, a, j, s)
          return self.norm(x, w, FINAL)

        def generate(self: __torch__.M, w: List[Tensor], rope: List[Tensor], p: List[Tensor], s: float, ids: Tensor, length: Tensor, uniform: Tensor, temperature: float, eos: Tensor, shift: int) -> List[Tensor]:
          a = self.pairs(p, w, s)
          rows = torch.size(ids, 0)
          steps = torch.size(uniform, 1)
          size = torch.size(ids, 1) + steps
          cache = annotate(List[Tensor], [])
          for n in range(2 * LAYERS):
            _0 = torch.append(cache, torch.new_zeros(uniform, [rows, KEY_HEADS, size, HEAD_SIZE]))
          head = HEAD_WEIGHT
          h = torch.view(self.prefill(w, rope, a, s, ids, cache, shift), [rows, -1, HIDDEN])
          h = torch.squeeze(torch.gather(h, 1, torch.expand(torch.view(length - 1, [-1, 1, 1]), [rows, 1, HIDDEN])), 1)
          token = self.pick(self.logits(head, h), temperature, torch.select(uniform, 1, 0))
          out = [token]
          done = torch.isin(token, eos)
          at = length
          n = 1
          go = n < steps and not bool(torch.all(done))
          while go:
            h = self.advance(w, rope, a, s, token, at, cache, torch.size(ids, 1) + n, shift)
            token = self.pick(self.logits(head, h), temperature, torch.select(uniform, 1, n))
            _1 = torch.append(out, torch.masked_fill(token, done, -1))
            done = torch.logical_or(done, torch.isin(token, eos))
            at = at + 1
            n = n + 1
            go = n < steps and not bool(torch.all(done))
          return [torch.stack(out, 1)]

      """;
}
