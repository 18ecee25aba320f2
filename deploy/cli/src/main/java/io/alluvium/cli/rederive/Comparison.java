package io.alluvium.cli.rederive;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Axis;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.rederive.FolderDifference;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version beside itself made again.
 *
 * @param result what came out
 * @param largest absolute difference of two numbers in the same place; 0 where identical
 * @param remarks what a person should know
 */
record Comparison(Result result, double largest, List<String> remarks) {

  /** What can come out. */
  enum Result {
    /** Every byte is the same; of a version without a folder, every axis. */
    IDENTICAL,
    /** Numbers alone differ, and by no more than the tolerance. */
    WITHIN_TOLERANCE,
    /** It is another version. */
    DIFFERENT
  }

  static Comparison of(AdapterVersion event, RoundOutcome again, double tolerance)
      throws IOException {
    Artifact expected = event.getArtifact() == null ? event.getHead() : event.getArtifact();
    List<Artifact> found = again.folders().named();
    if (event.getOutcome() != again.outcome()) {
      return different(
          "it was %s and is %s now (%s)"
              .formatted(
                  event.getOutcome(),
                  again.outcome(),
                  String.join("; ", again.verdict().reasons())));
    }
    return expected == null || found.isEmpty()
        ? axes(event, again, tolerance)
        : folders(expected, found.get(0), tolerance);
  }

  private static Comparison different(String remark) {
    return new Comparison(Result.DIFFERENT, Double.POSITIVE_INFINITY, List.of(remark));
  }

  private static Comparison folders(Artifact expected, Artifact found, double tolerance)
      throws IOException {
    if (expected.getFiles().equals(found.getFiles())) {
      return new Comparison(
          Result.IDENTICAL,
          0,
          List.of("%d files, %d bytes".formatted(found.getFiles().size(), found.getBytes())));
    }
    if (!Files.isDirectory(path(expected))) {
      return different(
          "digests differ, and by how much cannot be told: %s is gone"
              .formatted(expected.getUri()));
    }
    FolderDifference difference = FolderDifference.between(path(expected), path(found));
    List<String> remarks = new ArrayList<>(difference.otherwise());
    remarks.add("files that differ: " + String.join(", ", differing(expected, found)));
    return new Comparison(
        difference.within(tolerance) ? Result.WITHIN_TOLERANCE : Result.DIFFERENT,
        difference.largest(),
        remarks);
  }

  private static List<String> differing(Artifact expected, Artifact found) {
    return expected.getFiles().stream()
        .filter(file -> !found.getFiles().contains(file))
        .map(file -> file.getName())
        .toList();
  }

  private static Path path(Artifact artifact) {
    return Path.of(URI.create(artifact.getUri()));
  }

  /** A version that was refused left no folder: what was measured of it is compared. */
  private static Comparison axes(AdapterVersion event, RoundOutcome again, double tolerance) {
    Map<String, Double> measured = new HashMap<>();
    for (Verdict.Measure axis : again.verdict().axes()) {
      measured.put(axis.name(), axis.after());
    }
    double largest = 0;
    for (Axis axis : event.getVerdict().getAxes()) {
      largest = Math.max(largest, difference(axis.getAfter(), measured.get(axis.getName())));
    }
    boolean all = measured.size() == event.getVerdict().getAxes().size();
    List<String> remarks =
        List.of("it left no folder: %d axes compared".formatted(measured.size()));
    if (!all || largest > tolerance) {
      return new Comparison(Result.DIFFERENT, largest, remarks);
    }
    return new Comparison(
        largest == 0 ? Result.IDENTICAL : Result.WITHIN_TOLERANCE, largest, remarks);
  }

  private static double difference(double one, @Nullable Double other) {
    if (other == null) {
      return Double.POSITIVE_INFINITY;
    }
    double difference = Double.compare(one, other) == 0 ? 0 : Math.abs(one - other);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  /** Whether it is the same version. */
  boolean same() {
    return result != Result.DIFFERENT;
  }

  String text(AdapterVersion event) {
    String words =
        switch (result) {
          case IDENTICAL -> "identical";
          case WITHIN_TOLERANCE -> String.format(Locale.ROOT, "differs by at most %.3g", largest);
          case DIFFERENT ->
              Double.isInfinite(largest)
                  ? "differs"
                  : String.format(Locale.ROOT, "differs, by up to %.3g", largest);
        };
    return "%s@%d  %s (%s)"
        .formatted(event.getAdapter(), event.getVersion(), words, String.join("; ", remarks));
  }

  ObjectNode json(AdapterVersion event) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("adapter", event.getAdapter()).put("version", event.getVersion());
    node.put("result", result.name());
    node.put("largest", Double.isInfinite(largest) ? null : (Double) largest);
    remarks.forEach(node.putArray("remarks")::add);
    return node;
  }
}
