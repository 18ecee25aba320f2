package io.alluvium.cli.demo.measure;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Shares of questions answered exactly right, from 0 to 1.
 *
 * @param newDomain on held-out questions under the rule as it is in the end
 * @param skills per old skill
 */
public record Knowledge(double newDomain, SortedMap<String, Double> skills) {
  /** Copies. */
  public Knowledge {
    skills = Collections.unmodifiableSortedMap(new TreeMap<>(skills));
  }

  /** Of one old skill; not a number when there is no such skill. */
  public double skill(String name) {
    return skills.getOrDefault(name, Double.NaN);
  }
}
