package io.alluvium.trainer;

/** Whether the worker would take a configuration; for those who write one. */
public final class TrainerSettings {
  private TrainerSettings() {}

  /**
   * Reads it as the worker does.
   *
   * @param name of the source, for messages
   * @param yaml what is laid over the defaults
   * @throws ConfigurationException naming key, value and rule
   */
  public static void check(String name, String yaml) {
    TrainerConfig unused = ConfigFile.parse(name, yaml);
  }
}
