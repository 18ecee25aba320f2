package io.alluvium.cli.bench.forgetting.domain;

import java.util.ArrayList;
import java.util.List;

/** Orders of things: the given one first, the others spread evenly over all that there are. */
public final class Orders {
  private Orders() {}

  /** How many there are, at most so many. */
  public static int possible(int things, int most) {
    long count = 1;
    for (int n = 2; n <= things && count < most; n++) {
      count *= n;
    }
    return (int) Math.min(count, most);
  }

  /**
   * Some of them, no two alike.
   *
   * @param count at most as many as are {@link #possible}
   */
  public static <T> List<List<T>> of(List<T> things, int count) {
    long all = possible(things.size(), Integer.MAX_VALUE);
    List<List<T>> orders = new ArrayList<>();
    for (long n = 0; n < count; n++) {
      orders.add(nth(things, n * all / count));
    }
    return orders;
  }

  /** The n-th in lexicographic order of places, from 0: its digits in the factorial system. */
  private static <T> List<T> nth(List<T> things, long n) {
    List<T> left = new ArrayList<>(things);
    List<T> order = new ArrayList<>();
    long rest = n;
    while (!left.isEmpty()) {
      long orders = possible(left.size() - 1, Integer.MAX_VALUE);
      order.add(left.remove((int) (rest / orders)));
      rest %= orders;
    }
    return order;
  }
}
