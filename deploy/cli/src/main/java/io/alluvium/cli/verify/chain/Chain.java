package io.alluvium.cli.verify.chain;

import io.alluvium.cli.verify.finding.Findings;
import io.alluvium.cli.verify.finding.Rule;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events of one adapter in the order of the log. */
public final class Chain {
  /** No event lists more held-out offsets. */
  private static final int LISTED = 512;

  private final Findings findings;
  private final Map<String, List<Window>> windows = new HashMap<>();
  private final TreeMap<Long, Artifact> releases = new TreeMap<>();
  private final boolean ordered;
  private String releasedBase = "";
  private @Nullable AdapterVersion last;

  /**
   * An adapter without events.
   *
   * @param ordered whether an operator ordered a rollback: any earlier release may then be parent
   *     and current
   */
  public Chain(Findings findings, boolean ordered) {
    this.findings = findings;
    this.ordered = ordered;
  }

  /** Takes the next event. */
  public void accept(AdapterVersion event) {
    String name = Window.name(event);
    checkNumber(name, event);
    checkParent(name, event);
    checkTrainedFrom(name, event);
    checkOutcome(name, event);
    checkWindow(Window.of(event));
    if (event.getOutcome() == Outcome.RELEASED && event.getArtifact() != null) {
      releases.put(event.getVersion(), event.getArtifact());
      releasedBase = event.getBase().getDigest();
    }
    last = event;
  }

  private void checkNumber(String name, AdapterVersion event) {
    long before = last == null ? 0 : last.getVersion();
    findings.check(
        Rule.GAPS,
        event.getVersion() == before + 1,
        "%s follows %s".formatted(name, before == 0 ? "no other" : "version " + before));
  }

  private void checkParent(String name, AdapterVersion event) {
    Long parent = event.getParentVersion();
    Long newest = releases.isEmpty() ? null : releases.lastKey();
    boolean fresh = parent == null && !releasedBase.equals(event.getBase().getDigest());
    boolean earlier = ordered && parent != null && releases.containsKey(parent);
    findings.check(
        Rule.LINEAGE,
        Objects.equals(parent, newest) || fresh || earlier,
        "%s names parent %s, but the newest release before it is %s"
            .formatted(name, parent, newest));
  }

  private void checkTrainedFrom(String name, AdapterVersion event) {
    Long from = event.getTrainedFrom();
    boolean headBefore = last != null && last.getHead() != null;
    findings.check(
        Rule.LINEAGE,
        from == null || (headBefore && Objects.requireNonNull(last).getVersion() == from),
        "%s goes on from version %s, which is not the event before with a head"
            .formatted(name, from));
  }

  private void checkOutcome(String name, AdapterVersion event) {
    Outcome outcome = event.getOutcome();
    boolean released = outcome == Outcome.RELEASED;
    findings.check(
        Rule.OUTCOME,
        released == (event.getArtifact() != null),
        "%s is %s and names %s artifact".formatted(name, outcome, released ? "no" : "an"));
    findings.check(
        Rule.OUTCOME,
        event.getHead() == null || (outcome != Outcome.RELEASED && outcome != Outcome.REJECTED),
        "%s is %s and names a head".formatted(name, outcome));
  }

  private void checkWindow(Window window) {
    List<Window> before = windows.computeIfAbsent(window.partition(), any -> new ArrayList<>());
    OffsetRange range = window.range();
    findings.check(
        Rule.MISCOUNTED,
        range.getFirstOffset() < range.getNextOffset(),
        "%s has an empty window %s".formatted(window.name(), window.where()));
    if (!before.isEmpty()) {
      Window previous = before.get(before.size() - 1);
      findings.check(
          Rule.DOUBLE,
          range.getFirstOffset() >= previous.range().getNextOffset(),
          "%s has window %s, but %s already had %s"
              .formatted(window.name(), window.where(), previous.name(), previous.where()));
    }
    checkHeldOut(window);
    before.add(window);
  }

  private void checkHeldOut(Window window) {
    findings.check(
        Rule.HELD_OUT,
        window.heldOut().within(window.range()),
        "%s lists held-out offsets outside its window %s".formatted(window.name(), window.where()));
    int listed = window.heldOut().size();
    long counted = window.counts().getHeldOut();
    findings.check(
        Rule.HELD_OUT,
        listed == 0 || listed == Math.min(LISTED, counted),
        "%s counts %d held-out records and lists %d".formatted(window.name(), counted, listed));
  }

  /**
   * Compares with the adapter's state, read before the events.
   *
   * @param state null where there is none
   */
  public void compare(@Nullable AdapterState state) {
    if (state == null) {
      findings.check(Rule.STATE, last == null, "%s has events and no state".formatted(adapter()));
      return;
    }
    findings.check(
        Rule.STATE,
        state.getLastVersion() <= (last == null ? 0 : last.getVersion()),
        "%s has lastVersion %d, but no such event"
            .formatted(state.getAdapter(), state.getLastVersion()));
    Long newest = releases.floorKey(state.getLastVersion());
    Long current = state.getCurrentVersion();
    findings.check(
        Rule.STATE,
        Objects.equals(current, newest)
            || (ordered && current != null && releases.containsKey(current)),
        "%s serves version %s, but the newest release is %s"
            .formatted(state.getAdapter(), current, newest));
    compareFolder(state, current == null ? null : releases.get(current));
  }

  private void compareFolder(AdapterState state, @Nullable Artifact artifact) {
    findings.check(
        Rule.STATE,
        artifact == null || artifact.getUri().equals(state.getArtifactUri()),
        "%s serves %s, which is not the folder of version %s"
            .formatted(state.getAdapter(), state.getArtifactUri(), state.getCurrentVersion()));
  }

  private String adapter() {
    return last == null ? "an adapter" : last.getAdapter();
  }

  /** Windows by topic and partition, in order. */
  public Map<String, List<Window>> windows() {
    return windows;
  }

  /** Folders that must exist, by version: every release, and the head of the last event. */
  public Map<Long, Artifact> folders() {
    Map<Long, Artifact> folders = new TreeMap<>(releases);
    if (last != null && last.getHead() != null) {
      folders.put(last.getVersion(), last.getHead());
    }
    return folders;
  }
}
