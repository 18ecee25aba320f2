package io.alluvium.cli.order.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.cli.explain.record.Fate;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TraceTest {
  private final List<AdapterVersion> events = new ArrayList<>();

  @Test
  void whatComesFromAVersionThatLearnedCarriesIt() {
    released(null);
    AdapterVersion second = continued(1L, null);
    continued(1L, 2L);
    released(1L);
    AdapterVersion refused = refused(4L);
    Trace trace =
        Trace.of(
            events,
            List.of(
                new Fate.Trained(second),
                new Fate.EitherWay(second),
                new Fate.HeldOut(second),
                new Fate.Trained(refused),
                new Fate.Waiting(0)));
    assertThat(trace.steps())
        .extracting(step -> step.event().getVersion())
        .containsExactly(2L, 3L, 5L);
    assertThat(trace.flags().written()).as("what was refused left nothing").isEqualTo("2-3");
    assertThat(trace.current()).isEqualTo(4);
    assertThat(trace.clean()).as("version 4 started from version 1").isEqualTo(4);
    assertThat(trace.isInUse()).isFalse();
    assertThat(trace.next()).isNull();
    assertThat(TraceText.lines(trace))
        .containsExactly(
            "support@2  continued    trained on 2, judged by 1",
            "support@3  continued    comes from version 2",
            "support@5  rejected     trained on 1, left nothing",
            "support: neither what is served nor what training goes on from learned from it");
  }

  @Test
  void theWayBackIsToTheNewestReleaseThatIsFreeOfIt() {
    released(null);
    released(1L);
    AdapterVersion third = released(2L);
    released(3L);
    Trace trace = Trace.of(events, List.of(new Fate.Trained(third)));
    assertThat(trace.flags().written()).isEqualTo("3-4");
    assertThat(trace.isInUse()).isTrue();
    assertThat(trace.clean()).isEqualTo(2);
    assertThat(TraceText.lines(trace))
        .endsWith(
            "support: version 2 is the newest that is free of it; to serve it and train on from it:",
            "  alluvium rollback --adapter support --to 2 --records keep --reason erasure");

    back(2);
    Trace after = Trace.of(events, List.of(new Fate.Trained(third)));
    assertThat(after.isInUse()).as("gone back").isFalse();
    assertThat(after.current()).isEqualTo(2);
    back(3);
    assertThat(Trace.of(events, List.of(new Fate.Trained(third))).flags().written())
        .isEqualTo("3-4,6");
  }

  @Test
  void aHeadThatLearnedIsInUseThoughItIsNotServed() {
    released(null);
    AdapterVersion head = continued(1L, null);
    Trace trace = Trace.of(events, List.of(new Fate.Trained(head)));
    assertThat(trace.isInUse()).isTrue();
    assertThat(trace.clean()).isEqualTo(1);
  }

  @Test
  void whatOnlyJudgedIsListedAndNotFlagged() {
    AdapterVersion first = released(null);
    Trace trace = Trace.of(events, List.of(new Fate.HeldOut(first)));
    assertThat(trace.steps()).hasSize(1);
    assertThat(trace.flags().written()).isEmpty();
    assertThat(trace.clean()).isEqualTo(1);
  }

  @Test
  void withoutACleanReleaseThereIsNoWayBack() {
    AdapterVersion first = released(null);
    Trace trace = Trace.of(events, List.of(new Fate.Trained(first)));
    assertThat(trace.clean()).isNull();
    assertThat(trace.next()).isNull();
    assertThat(TraceText.lines(trace))
        .last()
        .isEqualTo(
            "support: no released version is free of it: train another adapter, and serve this one no more");
    assertThat(TraceText.json(trace).get("inUse").asBoolean()).isTrue();
    assertThat(TraceText.json(trace).at("/versions/0/trained").asInt()).isEqualTo(1);
  }

  private AdapterVersion released(@Nullable Long parent) {
    return add(event(Outcome.RELEASED).setParentVersion(parent).build());
  }

  private AdapterVersion continued(long parent, @Nullable Long from) {
    Artifact head = new Artifact("file:///head", List.of(), 9L);
    return add(
        event(Outcome.CONTINUED)
            .setParentVersion(parent)
            .setTrainedFrom(from)
            .setHead(head)
            .build());
  }

  private AdapterVersion refused(long parent) {
    return add(event(Outcome.REJECTED).setParentVersion(parent).build());
  }

  private void back(long target) {
    Artifact folder = Objects.requireNonNull(events.get(0).getArtifact());
    add(event(Outcome.ROLLED_BACK).setParentVersion(target).setArtifact(folder).build());
  }

  private AdapterVersion.Builder event(Outcome outcome) {
    long version = events.size() + 1L;
    return AdapterVersion.newBuilder(
        TestRecords.version(version, 10 * version, 10 * version + 10, outcome));
  }

  private AdapterVersion add(AdapterVersion event) {
    events.add(event);
    return event;
  }
}
