package io.alluvium.cli.explain.recall;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.trainer.worker.config.ConfigDigest;
import io.alluvium.trainer.worker.config.ConfigFile;
import io.alluvium.trainer.worker.config.ConfigurationException;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trainer's configuration, which says more of a version than its event, where the digests agree.
 */
public final class TrainerFile {
  private final @Nullable TrainerConfig config;
  private final Map<String, String> digests = new HashMap<>();

  private TrainerFile(@Nullable TrainerConfig config) {
    this.config = config;
  }

  /**
   * A file that was named.
   *
   * @throws CommandException (usage) when it cannot be read
   */
  public static TrainerFile named(Path file) {
    try {
      return new TrainerFile(ConfigFile.read(file));
    } catch (ConfigurationException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /** A file that may be there, or not be for this build. */
  public static TrainerFile perhaps(Path file) {
    try {
      return new TrainerFile(Files.exists(file) ? ConfigFile.read(file) : null);
    } catch (ConfigurationException wrong) {
      return new TrainerFile(null);
    }
  }

  /** The settings that a version was made with; empty where they are not these. */
  public Optional<TrainerConfig> of(AdapterVersion event) {
    return Optional.ofNullable(config)
        .filter(
            known -> digest(known, event.getBase().getDigest()).equals(event.getConfigDigest()));
  }

  private String digest(TrainerConfig known, String base) {
    return digests.computeIfAbsent(base, any -> hex(known, base));
  }

  private static String hex(TrainerConfig known, String base) {
    try {
      return new ConfigDigest(known, base).hex();
    } catch (IOException gone) {
      return "a suite or the anchors cannot be read";
    }
  }
}
