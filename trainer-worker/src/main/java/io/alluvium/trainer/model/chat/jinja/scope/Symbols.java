package io.alluvium.trainer.model.chat.jinja.scope;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names of one scope, and where each has its value from when the scope is entered. As Jinja decides
 * it: before anything runs, in the order of the source.
 */
public final class Symbols {
  /** Where a name has its first value from. */
  public enum Load {
    /** It is a parameter. */
    PARAMETER,
    /** From the variables of the template. */
    RESOLVE,
    /** From the scope around. */
    OUTER,
    /** It has none until it is set. */
    UNDEFINED
  }

  private final Optional<Symbols> outer;
  private final Map<String, Load> loads = new LinkedHashMap<>();
  private final Set<String> stores = new LinkedHashSet<>();

  Symbols(Optional<Symbols> outer) {
    this.outer = outer;
  }

  /** The names, in the order in which they were met. */
  public Map<String, Load> loads() {
    return loads;
  }

  private boolean found(String name) {
    return loads.containsKey(name) || foundOutside(name);
  }

  private boolean foundOutside(String name) {
    return outer.isPresent() && outer.get().found(name);
  }

  void load(String name) {
    if (!found(name)) {
      loads.put(name, Load.RESOLVE);
    }
  }

  void store(String name) {
    stores.add(name);
    if (!loads.containsKey(name)) {
      loads.put(name, foundOutside(name) ? Load.OUTER : Load.UNDEFINED);
    }
  }

  void parameter(String name) {
    stores.add(name);
    loads.put(name, Load.PARAMETER);
  }

  Symbols copy() {
    Symbols copy = new Symbols(outer);
    copy.loads.putAll(loads);
    copy.stores.addAll(stores);
    return copy;
  }

  /** Takes over what branches know; what only some of them set has its value from before. */
  void merge(List<Symbols> branches) {
    Set<String> set = new LinkedHashSet<>();
    branches.forEach(branch -> set.addAll(branch.stores));
    set.removeAll(stores);
    for (Symbols branch : branches) {
      loads.putAll(branch.loads);
      stores.addAll(branch.stores);
    }
    set.forEach(name -> loads.put(name, foundOutside(name) ? Load.OUTER : Load.RESOLVE));
  }
}
