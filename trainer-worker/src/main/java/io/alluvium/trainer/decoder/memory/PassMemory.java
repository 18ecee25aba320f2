package io.alluvium.trainer.decoder.memory;

import io.alluvium.trainer.model.architecture.Architecture.Attention;
import io.alluvium.trainer.model.architecture.Layout;
import io.alluvium.trainer.model.architecture.Mixture;
import io.alluvium.trainer.model.architecture.Part;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.gradient.GradientText;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import io.alluvium.trainer.program.text.DecoderText;
import io.alluvium.trainer.program.weights.Held;

/**
 * Native memory of a pass through a decoder beside its weights, in bytes: a count of the arrays
 * that are there at once, not a measurement. All but the head's work grows with the tokens of a
 * pass; logits exist for some rows at a time only.
 *
 * @param config the decoder's shape
 * @param type of the weights; between the linears all is fp32
 * @param held whether each weight is made wide for its product, and then multiplied in fp32
 */
public record PassMemory(DecoderConfig config, DataType type, Held held) {
  /** What a scoring call is cut to. */
  public static final long SCORING_CALL = 256L << 20;

  private static final int FLOAT = Float.BYTES;

  /** Arrays of logits at once: both distributions, their logarithms, the gradient, one in bf16. */
  private static final int LOGIT_ARRAYS = 6;

  /** Arrays of the MLP's width at once, forth and back, which goes through it in pieces. */
  private static final int PIECE_ARRAYS = 8;

  /** Arrays of an expert's width at once: gate, up, activation, product. */
  private static final int EXPERT_ARRAYS = 4;

  /** Of what a block takes forth, what its way back takes: gradients beside what they are of. */
  private static final double BACK = 2;

  /**
   * A token on its way forth through one block after the other, with nothing kept.
   *
   * @param rowTokens tokens of its sequence, which its attention looks at
   */
  public long forthPerToken(int rowTokens) {
    return stream() + Math.max(attention(rowTokens), mlp());
  }

  /** What a pass forth takes whatever its tokens. */
  public long forthOnce() {
    return head() + wide();
  }

  /**
   * A token of a training pass: what all blocks keep of it, and one block's work.
   *
   * @param rowTokens tokens of its sequence
   */
  public long trainedPerToken(Memory memory, int rowTokens) {
    long work = (long) (BACK * (stream() + attention(rowTokens)));
    return config.layers() * kept(memory) + work;
  }

  /** What a training pass takes whatever its tokens. */
  public long trainedOnce() {
    long rows = GradientText.pieceRows(config, held);
    return head() + wide() + rows * config.intermediate() * PIECE_ARRAYS * FLOAT;
  }

  /** The widest weight made wide, the head as a rule. */
  private long wide() {
    long widest = (long) config.hidden() * Math.max(config.vocabulary(), config.intermediate());
    return held == Held.AS_STORED ? FLOAT * widest : 0;
  }

  /** The head, its loss and its gradient, for the rows that have logits at once. */
  private long head() {
    long logits = (long) DecoderText.chunkRows(config) * config.vocabulary();
    return logits * LOGIT_ARRAYS * FLOAT;
  }

  /** The last hidden state of one position, as the head takes it. */
  public long state() {
    return (long) config.hidden() * width();
  }

  /** Of one value that a linear takes or gives. */
  private int width() {
    return type == DataType.BF16 && held == Held.AS_MULTIPLIED ? Short.BYTES : FLOAT;
  }

  /** The residual stream before and after, its norm, and the norm as linears take it. */
  private long stream() {
    return (long) config.hidden() * (3 * FLOAT + width());
  }

  private long attention(int rowTokens) {
    long made = (queries() + 2 * keys()) * (width() + FLOAT);
    long turned = 2 * FLOAT * (queries() + keys());
    long shared = config.heads() == config.keyValueHeads() ? 0 : 2 * FLOAT * queries();
    long mixed = queries() * (2 * FLOAT + width());
    return made + turned + shared + mixed + seen(rowTokens);
  }

  /** Where causal attention alone does not do, a mask of bytes and one of floats; capped scores. */
  private long seen(int rowTokens) {
    Attention attention = config.architecture().attention();
    long mask = attention.masked() ? 1L + FLOAT : 0;
    long scores = attention.cap() > 0 ? 3L * FLOAT * config.heads() : 0;
    return rowTokens * (mask + scores);
  }

  private long mlp() {
    Mixture mixture = config.architecture().mixture();
    return mixture.experts() > 0
        ? (long) EXPERT_ARRAYS * mixture.chosen() * mixture.width() * width()
        : (long) (openings() + 2) * config.intermediate() * width();
  }

  private long kept(Memory memory) {
    long input = (long) FLOAT * config.hidden();
    return switch (memory) {
      case RECOMPUTE -> input;
      case KEEP ->
          2 * input
              + 2 * FLOAT * (queries() + keys())
              + (long) openings() * config.intermediate() * width();
    };
  }

  /** Arrays of its width that the MLP begins with: gate and up, or one. */
  private int openings() {
    return config.architecture().layout().linears().stream()
        .map(Layout.Linear::part)
        .mapToInt(PassMemory::openings)
        .sum();
  }

  private static int openings(Part part) {
    return switch (part) {
      case GATE, UP, INNER -> 1;
      case GATE_UP -> 2;
      default -> 0;
    };
  }

  private long queries() {
    return (long) config.heads() * config.headSize();
  }

  private long keys() {
    return (long) config.keyValueHeads() * config.headSize();
  }
}
