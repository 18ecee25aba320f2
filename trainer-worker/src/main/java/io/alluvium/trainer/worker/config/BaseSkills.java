package io.alluvium.trainer.worker.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.model.folder.SkillFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Puts what the base's folder brings, suites and anchors, where a configuration leaves them open.
 * So whatever reads the configuration knows what is really used.
 *
 * @param files of the base
 */
record BaseSkills(SkillFiles files) {
  static BaseSkills of(Path base) {
    return new BaseSkills(new SkillFiles(base.toAbsolutePath().normalize()));
  }

  /**
   * Changes a configuration that is not checked yet.
   *
   * @throws ConfigurationException when the suites cannot be listed
   */
  void fillIn(JsonNode config) {
    if (config.path("gate") instanceof ObjectNode gate && gate.path("retention").isNull()) {
      suites(gate.putArray("retention"));
    }
    if (config.at("/finetune/anchors") instanceof ObjectNode anchors
        && anchors.path("generate").isNull()) {
      anchors.put("generate", AnchorConfig.defaults().generate());
      file(anchors);
    }
  }

  private void suites(ArrayNode retention) {
    try {
      files.suites().forEach(suite -> retention.add(suite.toString()));
    } catch (IOException unreadable) {
      throw new ConfigurationException(
          "the suites of %s cannot be listed (%s): correct its permissions, or name them in gate.retention"
              .formatted(files.folder(), unreadable.getClass().getSimpleName()));
    }
  }

  /** Those that would not be used do not count either. */
  private void file(ObjectNode anchors) {
    if (anchors.path("file").isNull() && anchors.path("perBatch").asInt() > 0) {
      files.anchors().ifPresent(file -> anchors.put("file", file.toString()));
    }
  }
}
