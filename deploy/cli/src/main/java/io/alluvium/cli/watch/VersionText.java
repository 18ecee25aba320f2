package io.alluvium.cli.watch;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Axis;
import io.alluvium.schemas.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** An adapter-version event in words. Pure. */
public final class VersionText {
  /** More would hide the lines below; JSON has them all. */
  private static final int MOST_OFFSETS = 8;

  private VersionText() {}

  /** One line: what came out, of how many examples, and why it was refused or where it lies. */
  public static String line(AdapterVersion event) {
    return String.format(
        Locale.ROOT,
        "%s  %s@%d  %-9s  %d examples  %s%s",
        event.getCreatedAt(),
        event.getAdapter(),
        event.getVersion(),
        outcome(event),
        event.getCounts().getExamples(),
        heldOut(event.getVerdict().getAxes()),
        ending(event));
  }

  private static String outcome(AdapterVersion event) {
    return event.getOutcome().name().toLowerCase(Locale.ROOT);
  }

  private static Optional<String> head(AdapterVersion event) {
    return Optional.ofNullable(event.getHead())
        .map(head -> "  head       training goes on from " + head.getUri() + ", not served");
  }

  private static String offsets(List<Long> all) {
    String shown =
        all.stream().limit(MOST_OFFSETS).map(String::valueOf).collect(Collectors.joining(", "));
    return all.size() > MOST_OFFSETS ? shown + ", ... (%d)".formatted(all.size()) : shown;
  }

  private static String heldOut(List<Axis> axes) {
    return axes.stream()
        .filter(axis -> axis.getName().equals("heldout/loss"))
        .map(axis -> change("held-out loss", axis) + "  ")
        .collect(Collectors.joining());
  }

  private static String ending(AdapterVersion event) {
    Artifact artifact = event.getArtifact();
    return artifact == null || event.getOutcome() == Outcome.ROLLED_BACK
        ? String.join("; ", event.getVerdict().getReasons())
        : artifact.getUri();
  }

  private static String change(String name, Axis axis) {
    Double before = axis.getBefore();
    return before == null
        ? String.format(Locale.ROOT, "%s %.4f", name, axis.getAfter())
        : String.format(Locale.ROOT, "%s %.4f -> %.4f", name, before, axis.getAfter());
  }

  /** Everything a person asks about a version, one fact per line. */
  public static List<String> details(AdapterVersion event) {
    List<String> lines = new ArrayList<>();
    lines.add("%s@%d  %s".formatted(event.getAdapter(), event.getVersion(), outcome(event)));
    lines.add("  created    " + event.getCreatedAt());
    lines.add("  parent     " + parent(event));
    lines.add(
        "  base       %s (%s)".formatted(event.getBase().getName(), event.getBase().getDigest()));
    Long from = event.getTrainedFrom();
    if (from != null) {
      lines.add("  trained    on from the head of %s@%d".formatted(event.getAdapter(), from));
    }
    lines.add("  window     " + window(event));
    Long watermark = event.getWatermark();
    if (watermark != null) {
      lines.add("  watermark  %d: no record of the partition waits before it".formatted(watermark));
    }
    if (!event.getHeldOut().isEmpty()) {
      lines.add("  held out   offsets " + offsets(event.getHeldOut()));
    }
    lines.add("  examples   " + counts(event));
    lines.add("  freshness  " + freshness(event));
    lines.add("  folder     " + folder(event));
    head(event).ifPresent(lines::add);
    event.getVerdict().getReasons().forEach(reason -> lines.add("  reason     " + reason));
    event.getVerdict().getAxes().forEach(axis -> lines.add("  measured   " + axis(axis)));
    return lines;
  }

  private static String parent(AdapterVersion event) {
    Long parent = event.getParentVersion();
    return parent == null ? "none, started fresh" : event.getAdapter() + "@" + parent;
  }

  private static String window(AdapterVersion event) {
    return "%s-%d [%d, %d)"
        .formatted(
            event.getWindow().getTopic(),
            event.getWindow().getPartition(),
            event.getWindow().getFirstOffset(),
            event.getWindow().getNextOffset());
  }

  private static String counts(AdapterVersion event) {
    return "%d (%d held out, %d replayed, %d refused), %d tokens trained"
        .formatted(
            event.getCounts().getExamples(),
            event.getCounts().getHeldOut(),
            event.getCounts().getReplayed(),
            event.getCounts().getRejected(),
            event.getCounts().getTokens());
  }

  private static String freshness(AdapterVersion event) {
    return String.format(
        Locale.ROOT,
        "p50 %.1f s, p95 %.1f s",
        event.getFreshness().getP50Seconds(),
        event.getFreshness().getP95Seconds());
  }

  private static String folder(AdapterVersion event) {
    Artifact artifact = event.getArtifact();
    return artifact == null
        ? "none"
        : "%s (%d bytes)".formatted(artifact.getUri(), artifact.getBytes());
  }

  private static String axis(Axis axis) {
    Double bound = axis.getBound();
    String held = bound == null ? "" : String.format(Locale.ROOT, "  bound %.4f", bound);
    return "%s%s  %s".formatted(change(axis.getName(), axis), held, axis.getPassed() ? "ok" : "NO");
  }
}
