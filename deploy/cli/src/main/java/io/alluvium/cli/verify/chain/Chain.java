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

  /** What is to be served from a version on, by that version's number. */
  private final TreeMap<Long, Long> served = new TreeMap<>();

  private String releasedBase = "";
  private @Nullable AdapterVersion last;

  /** An adapter without events. */
  public Chain(Findings findings) {
    this.findings = findings;
  }

  /** Takes the next event. */
  public void accept(AdapterVersion event) {
    String name = Window.name(event);
    checkNumber(name, event);
    if (event.getOutcome() == Outcome.ROLLED_BACK) {
      checkRollback(name, event);
    } else {
      checkParent(name, event);
      checkTrainedFrom(name, event);
      checkOutcome(name, event);
      checkWindow(Window.of(event));
    }
    if (event.getOutcome() == Outcome.RELEASED && event.getArtifact() != null) {
      releases.put(event.getVersion(), event.getArtifact());
      releasedBase = event.getBase().getDigest();
      served.put(event.getVersion(), event.getVersion());
    }
    last = event;
  }

  /** It consumes nothing, and names an earlier release with that one's folder. */
  private void checkRollback(String name, AdapterVersion event) {
    Long parent = event.getParentVersion();
    Artifact released = parent == null ? null : releases.get(parent);
    findings.check(
        Rule.LINEAGE,
        released != null,
        "%s goes back to version %s, which was never released".formatted(name, parent));
    findings.check(
        Rule.OUTCOME,
        released == null || released.equals(event.getArtifact()),
        "%s does not name the folder of version %s".formatted(name, parent));
    findings.check(
        Rule.OUTCOME,
        event.getHead() == null && event.getOrder() != null,
        "%s is %s and names a head, or no order".formatted(name, event.getOutcome()));
    findings.check(
        Rule.MISCOUNTED,
        event.getWindow().getFirstOffset() == event.getWindow().getNextOffset()
            && event.getHeldOut().isEmpty(),
        "%s is %s and consumes records".formatted(name, event.getOutcome()));
    if (parent != null) {
      served.put(event.getVersion(), parent);
      releasedBase = event.getBase().getDigest();
    }
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
    Long current = served.isEmpty() ? null : served.lastEntry().getValue();
    boolean fresh = parent == null && !releasedBase.equals(event.getBase().getDigest());
    findings.check(
        Rule.LINEAGE,
        Objects.equals(parent, current) || fresh,
        "%s names parent %s, but the newest release before it is %s"
            .formatted(name, parent, current));
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
    Map.Entry<Long, Long> then = served.floorEntry(state.getLastVersion());
    Long newest = then == null ? null : then.getValue();
    Long current = state.getCurrentVersion();
    findings.check(
        Rule.STATE,
        Objects.equals(current, newest),
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
