package io.alluvium.trainer.round.past;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alluvium.trainer.adapter.BadAdapterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code held_out.json} beside a released adapter: its own past as JSON. */
public final class PastFile {
  private static final String NAME = "held_out.json";
  private static final JsonMapper JSON = new JsonMapper();

  private PastFile() {}

  /** Writes it into a folder; equal pasts give equal bytes. */
  public static void write(Path folder, OwnPast past) throws IOException {
    Files.write(folder.resolve(NAME), JSON.writeValueAsBytes(past));
  }

  /**
   * Reads it; nothing where the folder has none, as those of older builds.
   *
   * @throws BadAdapterException when the file holds something else
   */
  public static OwnPast read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return OwnPast.NONE;
    }
    try {
      OwnPast past = JSON.readValue(file.toFile(), OwnPast.class);
      if (past == null) {
        throw new BadAdapterException(file, "not a list of held-out places");
      }
      return past;
    } catch (JsonProcessingException wrong) {
      throw new BadAdapterException(file, "not a list of held-out places");
    }
  }
}
