package io.alluvium.trainer.publish.store;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Objects;

/**
 * The artifact store does not do its work now: full, read-only, not mounted. One line: place,
 * cause, remedy. Nothing of a round is committed then, so it is done anew once the store works.
 */
public final class StoreUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What a store at this place failed with. */
  StoreUnavailableException(URI store, IOException failed) {
    super(
        "store.uri %s cannot be used (%s): %s; no record is lost, start the worker again"
            .formatted(store, cause(failed), remedy(failed)),
        failed);
  }

  /** What the system said, and of which file where that is known. */
  private static String cause(IOException failed) {
    if (failed instanceof FileSystemException known && known.getFile() != null) {
      String what = known.getReason();
      return known.getFile() + ": " + (what == null ? known.getClass().getSimpleName() : what);
    }
    return Objects.requireNonNullElse(failed.getMessage(), failed.getClass().getSimpleName());
  }

  private static String remedy(IOException failed) {
    String said = String.valueOf(failed.getMessage()).toLowerCase(Locale.ROOT);
    if (said.contains("no space left") || said.contains("quota")) {
      return "free space there";
    }
    if (failed instanceof AccessDeniedException || said.contains("permission")) {
      return "let the worker write there";
    }
    return failed instanceof NoSuchFileException
        ? "bring the folder back"
        : "correct it or make the folder usable";
  }
}
