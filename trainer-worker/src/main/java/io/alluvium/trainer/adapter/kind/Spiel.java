package io.alluvium.trainer.adapter.kind;

import io.alluvium.trainer.adapter.part.Drawn;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.adapter.part.Part;
import io.alluvium.trainer.adapter.part.Part.Use;
import java.util.List;
import java.util.Random;

/**
 * A sparse delta (Ansell et al. 2024, SpIEL): of each W some entries are trained, as many numbers
 * as LoRA of that rank has; all others stay the base's. It begins with entries drawn at random and
 * zero; which entries they are is chosen anew now and then by whoever trains. There is no scale:
 * alpha means nothing here, so deltas of one base add up entry by entry (LT-SFT, Ansell et al.
 * 2022).
 *
 * <p>Rows and columns are kept apart, in ascending order of (row, column): single precision holds
 * each exactly, but not their number within a large matrix.
 *
 * <p>Published as LoRA of full rank, of which one side is the identity: PEFT has no kind that keeps
 * indices in its file.
 */
public record Spiel() implements AdapterKind {
  private static final int EXACT_IN_SINGLE_PRECISION = 1 << 24;

  /** How many entries of a linear are trained: those of LoRA, but never more than there are. */
  public static int entries(Linear linear) {
    long most = (long) linear.inputs() * linear.outputs();
    return Math.toIntExact(
        Math.min(most, (long) linear.rank() * (linear.inputs() + linear.outputs())));
  }

  @Override
  public String describe() {
    return "spiel";
  }

  @Override
  public double scale(int rank, double alpha) {
    return 1;
  }

  @Override
  public boolean dense() {
    return true;
  }

  @Override
  public List<Part> parts(Linear linear) {
    if (Math.max(linear.inputs(), linear.outputs()) > EXACT_IN_SINGLE_PRECISION) {
      throw new IllegalArgumentException(
          "%s has more than %d rows or columns: spiel cannot number them"
              .formatted(linear.path(), EXACT_IN_SINGLE_PRECISION));
    }
    int entries = entries(linear);
    return List.of(
        new Part("values", 1, entries, Use.TRAINED),
        new Part("rows", 1, entries, Use.CHOSEN),
        new Part("columns", 1, entries, Use.CHOSEN));
  }

  /** Walks over all entries and takes each with the chance that so many are still wanted. */
  @Override
  public List<float[]> initial(Linear linear, Random random, List<float[]> start) {
    int wanted = entries(linear);
    float[] rows = new float[wanted];
    float[] columns = new float[wanted];
    int all = wanted == 0 ? 0 : Math.multiplyExact(linear.outputs(), linear.inputs());
    int taken = 0;
    for (int place = 0; place < all && taken < wanted; place++) {
      if (random.nextInt(all - place) < wanted - taken) {
        rows[taken] = Math.floorDiv(place, linear.inputs());
        columns[taken++] = Math.floorMod(place, linear.inputs());
      }
    }
    return List.of(new float[wanted], rows, columns);
  }

  @Override
  public boolean alive(List<float[]> values) {
    return Drawn.anyNonZero(values.get(0));
  }

  @Override
  public boolean publishedAsIs() {
    return false;
  }

  /** The identity stands on the narrower side of W. */
  @Override
  public List<float[]> publish(Linear linear, List<float[]> values) {
    if (!linear.adapted()) {
      return List.of(new float[0], new float[0]);
    }
    float[] delta = new float[Math.multiplyExact(linear.outputs(), linear.inputs())];
    for (int n = 0; n < values.get(0).length; n++) {
      int row = (int) values.get(1)[n];
      delta[row * linear.inputs() + (int) values.get(2)[n]] = values.get(0)[n];
    }
    return linear.inputs() <= linear.outputs()
        ? List.of(identity(linear.inputs()), delta)
        : List.of(delta, identity(linear.outputs()));
  }

  private static float[] identity(int size) {
    float[] one = new float[Math.multiplyExact(size, size)];
    for (int n = 0; n < size; n++) {
      one[n * size + n] = 1;
    }
    return one;
  }

  @Override
  public String pair() {
    return """
            d = torch.new_zeros(x, [torch.numel(x)], dtype=6)
            d = torch.scatter_(d, 0, self.places(p, x), torch.flatten(p[0]))
            return [torch.reshape(d, torch.size(x))]
        """;
  }

  @Override
  public String drawn() {
    return """
            d = torch.gather(torch.flatten(g[0]), 0, self.places(p, x))
            return [torch.reshape(d, torch.size(p[0]))]
        """;
  }

  @Override
  public String methods() {
    return """
          def places(self: __torch__.M, p: List[Tensor], x: Tensor) -> Tensor:
            row = torch.mul(torch.to(p[1], 4), torch.size(x, 1))
            return torch.flatten(torch.add(row, torch.to(p[2], 4)))

        """;
  }

  /** Two of them change other entries of W. */
  @Override
  public boolean mixes() {
    return false;
  }
}
