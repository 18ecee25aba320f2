package io.alluvium.streams.bench.planted.outcome;

import io.alluvium.streams.bench.planted.stream.Planted.Plant;
import java.util.ArrayList;
import java.util.List;

/**
 * When a new domain came.
 *
 * @param name of the domain
 * @param first index of its first example in the stream
 * @param last index of its last
 */
public record Domain(String name, int first, int last) {

  /** All in the order of their coming. */
  public static List<Domain> of(List<Outcome> outcomes) {
    List<Domain> domains = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).planted().plant() == Plant.NEW_DOMAIN) {
        add(domains, outcomes.get(i).planted().topic(), i);
      }
    }
    return domains;
  }

  private static void add(List<Domain> domains, String name, int at) {
    for (int i = 0; i < domains.size(); i++) {
      if (domains.get(i).name.equals(name)) {
        domains.set(i, new Domain(name, domains.get(i).first, at));
        return;
      }
    }
    domains.add(new Domain(name, at, at));
  }

  /** Whether an example is of it. */
  public boolean has(Outcome one) {
    return one.planted().plant() == Plant.NEW_DOMAIN && one.planted().topic().equals(name);
  }
}
