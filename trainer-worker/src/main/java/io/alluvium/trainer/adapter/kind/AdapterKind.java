package io.alluvium.trainer.adapter.kind;

import io.alluvium.trainer.adapter.part.Drawn;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.adapter.part.Part;
import io.alluvium.trainer.adapter.part.Part.Use;
import java.util.List;
import java.util.Random;

/**
 * A way to parametrise what an adapter adds to a linear. What a kind does not say differently is as
 * in LoRA (Hu et al. 2021): W·x + s·B·(A·x), both trained, B zero at the start.
 *
 * <p>Within the decoder's program every kind becomes a pair A, B per linear ({@link #pair}), and
 * the pair's gradients become those of what is trained ({@link #drawn}); decoder and gradient know
 * nothing else of kinds.
 */
public sealed interface AdapterKind permits Lora, RsLora, BOnly, Dora, Corda, Eva, RandLora, Spiel {

  /** Its name in configurations and events, with the settings that make two of them different. */
  String describe();

  /** Factor of B·A. */
  default double scale(int rank, double alpha) {
    return alpha / rank;
  }

  /** Its tensors, in order; of no elements where the linear has no adapter. */
  default List<Part> parts(Linear linear) {
    return List.of(
        new Part("A", linear.rank(), linear.inputs(), Use.TRAINED),
        new Part("B", linear.outputs(), linear.rank(), Use.TRAINED));
  }

  /**
   * What they begin with, row-major, in the order of {@link #parts}: A uniform in ±1/√inputs as
   * PEFT's Kaiming initialisation has it, B zero.
   *
   * @param random continues from linear to linear, so that a seed means one adapter
   * @param start what {@link #start} returned; nothing where the linear has no adapter
   */
  default List<float[]> initial(Linear linear, Random random, List<float[]> start) {
    int size = Math.multiplyExact(linear.rank(), linear.inputs());
    return List.of(
        Drawn.uniform(random, size, 1 / Math.sqrt((double) linear.inputs())),
        new float[Math.multiplyExact(linear.outputs(), linear.rank())]);
  }

  /** What it begins from besides a seed. */
  default Needs needs() {
    return Needs.NOTHING;
  }

  /** Whether values between those of two adapters are an adapter between the two. */
  default boolean mixes() {
    return true;
  }

  /** Whether tensors of a linear change the model at all. */
  default boolean alive(List<float[]> values) {
    return Drawn.anyNonZero(values.get(1));
  }

  /** The kind whose folder PEFT loads. */
  default AdapterKind published() {
    return new Lora();
  }

  /** How many times its rank the published adapter has. */
  default int publishedRanks() {
    return 1;
  }

  /** The tensors of the published adapter of a linear, in the order of its parts. */
  default List<float[]> publish(Linear linear, List<float[]> values) {
    return values;
  }

  /** Whether the published tensors are the trained ones themselves. */
  default boolean publishedAsIs() {
    return true;
  }

  /** Whether the program multiplies the rows of W by a third tensor of the pair, outputs x 1. */
  default boolean gains() {
    return false;
  }

  /**
   * Whether the program adds a matrix of W's own shape instead of a pair, without a scale. Then
   * {@link #pair} and the gradients that {@link #drawn} gets are that one matrix, and what is
   * published has the full rank of its linear.
   */
  default boolean dense() {
    return false;
  }

  /** Whether its tensors are the pair itself, and all of them are trained. */
  default boolean trainsPairs() {
    return false;
  }

  /**
   * Text of a body that returns [A, B] of a linear from its tensors {@code p} and its frozen weight
   * {@code x}. The program adds s·B·(A·h), so a factor {@code c} of s that this linear alone has
   * goes into B.
   */
  default String pair() {
    return """
            return [p[0], torch.mul(p[1], c)]
        """;
  }

  /**
   * Text of a body that returns the gradients of what is trained from those of the pair, {@code g}.
   */
  default String drawn() {
    return """
            return [g[0], torch.mul(g[1], c)]
        """;
  }

  /** Further methods that the bodies call. */
  default String methods() {
    return "";
  }

  /**
   * Text of a body that returns what the adapter of one linear begins with, from its weight {@code
   * x}, the second {@code moments} of its inputs (inputs x inputs, fp64), its {@link #width} as
   * {@code rank} and the scale {@code s}. Run once, where {@link #needs} says so.
   */
  default String start() {
    return """
            return annotate(List[Tensor], [])
        """;
  }

  /** Rows of A that {@link #start} is asked for. */
  default int width(Linear linear) {
    return linear.rank();
  }

  /**
   * Looks at all starts together.
   *
   * @param starts what {@link #start} gave for each linear, to be changed as the kind wants; empty
   *     where a linear has no adapter
   */
  default List<List<float[]>> settled(List<Linear> linears, List<List<float[]>> starts) {
    return starts;
  }

  /** The rank of a linear's adapter, where it depends on the first window. */
  default int kept(Linear linear, List<float[]> values) {
    return linear.rank();
  }

  /** What a first adapter is made from. */
  enum Needs {
    /** A seed. */
    NOTHING,
    /** The weights of the base. */
    WEIGHTS,
    /** Besides, what the linears get to see on texts whose knowledge is to be kept. */
    KEPT_TEXTS,
    /** Besides, what they get to see on the first window. */
    WINDOW
  }
}
