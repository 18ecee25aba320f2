package io.alluvium.trainer.round.past;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alluvium.trainer.adapter.BadAdapterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files beside a released adapter, as JSON: its own past in {@code held_out.json}, its line's best
 * scores in {@code skills.json}. Equal values give equal bytes. A folder of an older build has none
 * of a file that came later, which reads as nothing.
 */
public final class PastFile {
  private static final Kind<OwnPast> PAST =
      new Kind<>("held_out.json", OwnPast.class, "not a list of held-out places");
  private static final Kind<BestSkills> SKILLS =
      new Kind<>("skills.json", BestSkills.class, "not the best scores on suites");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private PastFile() {}

  /** Writes a version's own past into its folder. */
  public static void write(Path folder, OwnPast past) throws IOException {
    PAST.write(folder, past);
  }

  /** Writes what its line was best at. */
  public static void write(Path folder, BestSkills skills) throws IOException {
    SKILLS.write(folder, skills);
  }

  /**
   * Reads the own past.
   *
   * @throws BadAdapterException when the file holds something else
   */
  public static OwnPast read(Path folder) throws IOException {
    return PAST.read(folder, OwnPast.NONE);
  }

  /**
   * Reads what the line was best at.
   *
   * @throws BadAdapterException when the file holds something else
   */
  public static BestSkills skills(Path folder) throws IOException {
    return SKILLS.read(folder, BestSkills.NONE);
  }

  /**
   * A file.
   *
   * @param wrong what is said where it holds something else
   */
  private record Kind<T>(String name, Class<T> type, String wrong) {
    void write(Path folder, T value) throws IOException {
      Files.write(folder.resolve(name), JSON.writeValueAsBytes(value));
    }

    T read(Path folder, T nothing) throws IOException {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        return nothing;
      }
      try {
        T read = JSON.readValue(file.toFile(), type);
        if (read == null) {
          throw new BadAdapterException(file, wrong);
        }
        return read;
      } catch (JsonProcessingException broken) {
        throw new BadAdapterException(file, wrong);
      }
    }
  }
}
