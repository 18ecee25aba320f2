package io.alluvium.trainer.adapter.kind;

import io.alluvium.trainer.adapter.part.Drawn;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.adapter.part.Part;
import io.alluvium.trainer.adapter.part.Part.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * LoRA whose A begins as the directions in which the inputs of a linear vary most on the first
 * window (Paischer et al. 2024, EVA): the leading right singular vectors of its activations. B is
 * zero. From then on it is LoRA, and published as that.
 *
 * <p>With rho above 1 the rank goes where the first window's activations want it: of the directions
 * of all linears, at most rho times the rank of each, those that explain the largest shares of
 * their own linear's second moments are kept, as many as all ranks together. A row of A that is not
 * kept is zero, and so is its column of B: their gradients are zero too, so they stay so for ever,
 * and the published adapter is without them.
 *
 * @param rho how many times its rank a linear may get; 1 leaves the rank where it is
 */
public record Eva(double rho) implements AdapterKind {

  @Override
  public String describe() {
    return rho == 1 ? "eva" : "eva(rho=" + rho + ")";
  }

  @Override
  public int width(Linear linear) {
    int most = Math.min(linear.inputs(), linear.outputs());
    return (int) Math.min(Math.max(most, linear.rank()), Math.round(rho * linear.rank()));
  }

  @Override
  public List<Part> parts(Linear linear) {
    return List.of(
        new Part("A", width(linear), linear.inputs(), Use.TRAINED),
        new Part("B", linear.outputs(), width(linear), Use.TRAINED));
  }

  @Override
  public List<float[]> initial(Linear linear, Random random, List<float[]> start) {
    return List.of(
        linear.adapted() ? start.get(0) : new float[0],
        new float[Math.multiplyExact(linear.outputs(), width(linear))]);
  }

  @Override
  public boolean trainsPairs() {
    return true;
  }

  @Override
  public Needs needs() {
    return Needs.WINDOW;
  }

  @Override
  public boolean publishedAsIs() {
    return rho == 1;
  }

  @Override
  public int kept(Linear linear, List<float[]> values) {
    int kept = width(linear);
    while (kept > 0 && !Drawn.anyNonZero(row(linear, values, kept - 1))) {
      kept--;
    }
    return kept;
  }

  @Override
  public List<float[]> publish(Linear linear, List<float[]> values) {
    int kept = kept(linear, values);
    int width = width(linear);
    float[] b = new float[Math.multiplyExact(linear.outputs(), kept)];
    for (int row = 0; row < linear.outputs(); row++) {
      System.arraycopy(values.get(1), width * row, b, kept * row, kept);
    }
    return List.of(Arrays.copyOf(values.get(0), kept * linear.inputs()), b);
  }

  private static float[] row(Linear linear, List<float[]> values, int row) {
    int inputs = linear.inputs();
    return Arrays.copyOfRange(values.get(0), row * inputs, (row + 1) * inputs);
  }

  /**
   * Of eigenvectors either sign is right; the one whose largest value is positive is taken. Behind
   * them stand the shares that they explain.
   */
  @Override
  public String start() {
    return """
            e, v = torch.linalg_eigh(moments)
            first = torch.size(v, 1) - rank
            a = torch.t(torch.flip(torch.slice(v, 1, first), [1]))
            i = torch.argmax(torch.abs(a), 1, True)
            share = torch.div(torch.flip(torch.slice(e, 0, first), [0]), torch.sum(e))
            return [torch.contiguous(torch.mul(a, torch.sign(torch.gather(a, 1, i)))), share]
        """;
  }

  private record Direction(int linear, int row, float share) {}

  @Override
  public List<List<float[]>> settled(List<Linear> linears, List<List<float[]>> starts) {
    List<Direction> directions = new ArrayList<>();
    int budget = 0;
    for (int n = 0; n < linears.size(); n++) {
      budget += linears.get(n).rank();
      for (int row = 0; linears.get(n).adapted() && row < width(linears.get(n)); row++) {
        directions.add(new Direction(n, row, starts.get(n).get(1)[row]));
      }
    }
    directions.sort(Comparator.comparing(direction -> -direction.share()));
    for (Direction left : directions.subList(budget, directions.size())) {
      int inputs = linears.get(left.linear()).inputs();
      float[] a = starts.get(left.linear()).get(0);
      Arrays.fill(a, left.row() * inputs, (left.row() + 1) * inputs, 0);
    }
    return starts;
  }
}
