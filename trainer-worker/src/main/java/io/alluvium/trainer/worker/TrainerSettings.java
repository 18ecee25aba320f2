package io.alluvium.trainer.worker;

import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.need.TrainingNeed;
import io.alluvium.trainer.need.WeightBytes;
import io.alluvium.trainer.worker.config.ConfigFile;
import io.alluvium.trainer.worker.config.ConfigurationException;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;

/**
 * Whether the worker would take a configuration, and what it would need; for those who write one.
 */
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

  /**
   * What training under it takes of a machine.
   *
   * @param name of the source, for messages
   * @param yaml what is laid over the defaults
   * @throws ConfigurationException naming key, value and rule; or where the base lacks a linear
   * @throws IOException when the base cannot be read
   */
  public static TrainingNeed need(String name, String yaml) throws IOException {
    TrainerConfig config = ConfigFile.parse(name, yaml);
    HfFolder folder = HfFolder.open(config.base().folder());
    try {
      return new TrainingNeed(
          folder.config(),
          WeightBytes.of(folder, config.base().dataType().dataType()),
          config.base().engine(),
          config.finetune());
    } catch (IllegalArgumentException wrong) {
      throw new ConfigurationException(name + ": " + wrong.getMessage());
    }
  }
}
