package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTopologyTest {
  private static final Instant LATER = Rig.START.plusSeconds(60);
  private static final String SHORT = "admit: {maxCharacters: 20}";

  private Rig rig;

  @BeforeEach
  void open(@TempDir Path folder) {
    rig = new Rig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aPolicyHoldsFromItsLogTimeOnAndTheRejectionNamesIt() {
    rig.produce(Rig.policy("*", 1, LATER, SHORT));
    produceAt("1", LATER.minusMillis(1));
    produceAt("2", LATER);
    assertThat(rig.accepted()).extracting(TrainingExample::getId).containsExactly("1");
    Rejection rejection = rig.rejected().get(0);
    assertThat(rejection.getReason()).isEqualTo("TOO_LONG");
    assertThat(rejection.getPolicyVersion()).isEqualTo("*@1");
    assertThat(rejection.getRuleVersion()).isEqualTo(1);
  }

  @Test
  void aLateRecordFallsUnderWhatItsPartitionHasReached() {
    rig.produce(Rig.policy("*", 1, LATER, SHORT));
    produceAt("1", LATER);
    produceAt("2", Rig.START.minus(Duration.ofDays(900)));
    assertThat(rig.accepted()).isEmpty();
  }

  @Test
  void aProducerWhoseClockIsAheadBringsNoPolicyForward() {
    rig.produce(Rig.policy("*", 1, LATER, SHORT));
    produceAt("ahead", Rig.START.plus(Duration.ofDays(4000)));
    produceAt("1", Rig.START);
    assertThat(rig.accepted()).extracting(TrainingExample::getId).containsExactly("1");
  }

  @Test
  void anAdapterWithAPolicyOfItsOwnKnowsNoOther() {
    rig.produce(Rig.policy("*", 1, Rig.START, SHORT));
    rig.produce(Rig.policy("support", 1, Rig.START, "dedup: {window: PT1S}"));
    produceAt("1", LATER);
    assertThat(rig.accepted()).hasSize(1);
  }

  @Test
  void whatCannotBeAPolicyChangesNothingAndIsCounted() {
    rig.produce(Rig.policy("*", 1, Rig.START, "admit: {maxCharcters: 1}"));
    produceAt("1", LATER);
    assertThat(rig.accepted()).hasSize(1);
    assertThat(rig.meters.scrape())
        .contains("alluvium_policies_total{outcome=\"refused\"} 1.0")
        .contains("alluvium_policies_total{outcome=\"taken\"} 0.0");
  }

  @Test
  void aRestartForgetsNeitherPolicyNorLogTime() throws IOException {
    rig.produce(Rig.policy("*", 1, LATER, SHORT));
    produceAt("1", LATER);
    rig = rig.restarted();
    rig.produce(Rig.policy("*", 1, LATER, SHORT));
    produceAt("2", Rig.START);
    assertThat(rig.rejected()).extracting(Rejection::getReason).containsExactly("TOO_LONG");
  }

  private void produceAt(String id, Instant recordTime) {
    rig.produceAt(Rig.example(id, "An answer of its own, " + id).build(), recordTime);
  }
}
