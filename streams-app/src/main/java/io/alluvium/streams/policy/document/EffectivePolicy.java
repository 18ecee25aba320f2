package io.alluvium.streams.policy.document;

import java.util.Map;

/**
 * The parameters that hold for an adapter at a log time. Rooms keep what they make of a section (a
 * compiled pattern, a table) by this object: the same policy is the same object.
 */
public final class EffectivePolicy {
  private final String name;
  private final Map<Class<?>, Record> sections;

  EffectivePolicy(String name, Map<Class<?>, Record> sections) {
    this.name = name;
    this.sections = Map.copyOf(sections);
  }

  /** As records carry it: adapter@version, *@version, or config where no policy is in force. */
  public String name() {
    return name;
  }

  /**
   * The parameters of one room.
   *
   * @throws IllegalArgumentException for a type that is no section
   */
  public <C extends Record> C section(Class<C> type) {
    Record section = sections.get(type);
    if (section == null) {
      throw new IllegalArgumentException(type + " is no section of a policy");
    }
    return type.cast(section);
  }

  @Override
  public String toString() {
    return name;
  }
}
