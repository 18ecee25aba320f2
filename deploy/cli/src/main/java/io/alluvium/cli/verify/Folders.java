package io.alluvium.cli.verify;

import io.alluvium.cli.verify.finding.Findings;
import io.alluvium.cli.verify.finding.Rule;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.ArtifactFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Folders of adapters beside what events say of them. */
record Folders(Path store, Findings findings) {

  /** Looks at every file of one folder. */
  void check(String name, Artifact artifact) {
    Optional<Path> folder = find(URI.create(artifact.getUri()));
    if (folder.isPresent()) {
      artifact.getFiles().forEach(file -> check(name, folder.get().resolve(file.getName()), file));
    } else {
      findings.add(Rule.ARTIFACT, "%s: %s is not in %s".formatted(name, artifact.getUri(), store));
    }
  }

  /** The store may be mounted elsewhere here: the end of the address is looked up below it. */
  private Optional<Path> find(URI uri) {
    Path named = Path.of(uri.getPath());
    for (int from = 0; from < named.getNameCount(); from++) {
      Path here = store.resolve(named.subpath(from, named.getNameCount()));
      if (Files.isDirectory(here)) {
        return Optional.of(here);
      }
    }
    return Optional.empty();
  }

  private void check(String name, Path path, ArtifactFile file) {
    try {
      boolean same =
          Files.isRegularFile(path)
              && Files.size(path) == file.getBytes()
              && sha256(path).equals(file.getSha256());
      findings.check(
          Rule.ARTIFACT,
          same,
          "%s: %s is missing or is not what the event says (%d bytes, sha256 %s)"
              .formatted(name, path, file.getBytes(), file.getSha256()));
    } catch (IOException unreadable) {
      findings.add(Rule.ARTIFACT, "%s: %s cannot be read (%s)".formatted(name, path, unreadable));
    }
  }

  private static String sha256(Path path) throws IOException {
    try (InputStream bytes = Files.newInputStream(path);
        DigestInputStream digested =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
