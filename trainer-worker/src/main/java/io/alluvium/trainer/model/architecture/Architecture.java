package io.alluvium.trainer.model.architecture;

import java.util.List;
import java.util.Set;

/**
 * What a decoder does differently from Llama.
 *
 * @param layout its linears and names
 * @param norms its norms
 * @param attention what its attention does besides softmax(q·k)·v
 * @param activation between the MLP's linears
 * @param biased linears with a bias
 * @param embeddingScale factor of the embeddings
 * @param logitCap logits z become cap·tanh(z / cap); 0 for none
 * @param mixture of experts, where the MLP is one
 */
public record Architecture(
    Layout layout,
    Norms norms,
    Attention attention,
    Activation activation,
    Set<Part> biased,
    double embeddingScale,
    double logitCap,
    Mixture mixture) {

  /** Llama's own. */
  public static final Architecture LLAMA =
      new Architecture(
          Layout.SEPARATE,
          new Norms(NormKind.RMS, false, false),
          Attention.PLAIN,
          Activation.SILU,
          Set.of(),
          1,
          0,
          Mixture.NONE);

  /** Copies the set. */
  public Architecture {
    biased = Set.copyOf(biased);
  }

  /** Kinds of norms. */
  public enum NormKind {
    /** x / root mean square · g. */
    RMS,
    /** x / root mean square · (1 + g), as Gemma has it. */
    RMS_OFFSET,
    /** (x − mean) / standard deviation · g + b. */
    LAYER
  }

  /** Kinds of activations. */
  public enum Activation {
    SILU,
    /** GELU in its tanh form. */
    GELU
  }

  /**
   * Norms.
   *
   * @param kind of all norms on the residual stream
   * @param ofHeads whether each head's queries and keys are normed too
   * @param afterwards whether what attention and MLP give is normed before it is added
   */
  public record Norms(NormKind kind, boolean ofHeads, boolean afterwards) {}

  /**
   * Attention.
   *
   * @param window how many positions back a token sees, itself included; 0 for all
   * @param slides by layer whether it has the window; empty where all have it
   * @param scale factor of q·k; 0 for 1/√head size
   * @param cap scores z become cap·tanh(z / cap); 0 for none
   */
  public record Attention(int window, List<Boolean> slides, double scale, double cap) {
    /** Sees everything before. */
    public static final Attention PLAIN = new Attention(0, List.of(), 0, 0);

    /** Layers that are all alike need no list; none with the window need no window. */
    public Attention {
      boolean none = window == 0 || (!slides.isEmpty() && !slides.contains(true));
      slides = none || !slides.contains(false) ? List.of() : List.copyOf(slides);
      window = none ? 0 : window;
    }

    /** Whether it wants a mask, or scores of its own, beside what every causal kernel does. */
    public boolean masked() {
      return window > 0 || cap > 0;
    }

    /** Whether some layers have the window and others do not. */
    public boolean mixed() {
      return !slides.isEmpty();
    }
  }

  /** The same with linears that have a bias. */
  public Architecture withBiased(Set<Part> parts) {
    return new Architecture(
        layout, norms, attention, activation, parts, embeddingScale, logitCap, mixture);
  }

  /** The same with another attention. */
  public Architecture withAttention(Attention other) {
    return new Architecture(
        layout, norms, other, activation, biased, embeddingScale, logitCap, mixture);
  }

  /** The same with other norms. */
  public Architecture withNorms(Norms other) {
    return new Architecture(
        layout, other, attention, activation, biased, embeddingScale, logitCap, mixture);
  }

  /** The same with experts for an MLP. */
  public Architecture withMixture(Mixture other) {
    return new Architecture(
        Layout.MIXTURE, norms, attention, activation, biased, embeddingScale, logitCap, other);
  }

  /** The same with other linears. */
  public Architecture withLayout(Layout other) {
    return new Architecture(
        other, norms, attention, activation, biased, embeddingScale, logitCap, mixture);
  }
}
