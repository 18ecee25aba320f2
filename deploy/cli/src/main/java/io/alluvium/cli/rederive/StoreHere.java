package io.alluvium.cli.rederive;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The store as it is seen from here.
 *
 * @param root below which the ends of addresses are looked up; null where they are right as they
 *     are
 */
record StoreHere(@Nullable Path root) {
  /** The event with folders as they can be read here. */
  AdapterVersion of(AdapterVersion event) {
    return root == null
        ? event
        : AdapterVersion.newBuilder(event)
            .setArtifact(here(root, event.getArtifact()))
            .setHead(here(root, event.getHead()))
            .build();
  }

  private static @Nullable Artifact here(Path root, @Nullable Artifact artifact) {
    if (artifact == null) {
      return null;
    }
    Path named = Path.of(URI.create(artifact.getUri()).getPath());
    for (int from = 0; from < named.getNameCount(); from++) {
      Path found = root.resolve(named.subpath(from, named.getNameCount()));
      if (Files.isDirectory(found)) {
        return Artifact.newBuilder(artifact)
            .setUri(found.toAbsolutePath().normalize().toUri().toString().replaceAll("/$", ""))
            .build();
      }
    }
    return artifact;
  }
}
