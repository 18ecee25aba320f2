package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.VersionRange;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.train.TrainRoleIT;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Records that wait for a window when they are erased are refused, whatever is killed. */
@ExtendWith(LocalStackExtension.class)
class ErasedRecordsIT {
  private static final int WINDOW = 64;
  private static final int ERASED = 16;

  @Test
  void whatWaitsAndIsErasedIsNotTrainedOn(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "erased-");
    worker.start("train", TrainRoleIT.QUICK);
    send(worker, 0, null);
    until(() -> versions(worker).size() == 1);
    order(worker, "pause", Command.PAUSE, null);
    until(() -> state(worker).getPaused());

    send(worker, WINDOW, "ann");
    order(worker, "erase", Command.ERASE, "subject:ann");
    stack.kill(worker.name("train"));
    stack.restart(worker.name("train"));
    until(() -> answer(worker).equals("erase"));
    assertThat(state(worker).getPaused()).as("an order to erase resumes nothing").isTrue();
    order(worker, "resume", Command.RESUME, null);
    until(() -> versions(worker).size() == 2);

    AdapterVersion after = versions(worker).get(1);
    assertThat(after.getCounts().getRejected()).isEqualTo(ERASED);
    assertThat(after.getCounts().getExamples()).isEqualTo(WINDOW - ERASED);
    assertThat(after.getErasedBelow()).isGreaterThan(1);
    List<Rejection> refused = worker.read(worker.topics.rejected());
    assertThat(refused).hasSize(ERASED).allMatch(one -> one.getReason().equals("ERASED"));
    assertThat(refused).allMatch(one -> one.getValue() == null);
    assertThat(Chains.examples(versions(worker))).isEqualTo(2 * WINDOW);
    Chains.assertOffsetsAgree(worker, versions(worker));

    order(worker, "flag", Command.FLAG, "1");
    until(() -> answer(worker).equals("flag"));
    assertThat(state(worker).getFlagged()).containsExactly(new VersionRange(1L, 1L));
    send(worker, 2 * WINDOW, null);
    until(() -> versions(worker).size() == 3);
    AdapterVersion last = versions(worker).get(2);
    boolean comesFromFirst = Long.valueOf(1).equals(last.getParentVersion());
    boolean learned = last.getOutcome() != Outcome.REJECTED;
    assertThat(state(worker).getFlagged().size()).isEqualTo(comesFromFirst && learned ? 2 : 1);
  }

  /** A round long enough for an order to come while it runs. */
  @Test
  void aRoundThatWasMadeWithWhatIsErasedMeanwhileIsDoneAgainWithoutIt(LocalStack stack)
      throws Exception {
    RoleFixture worker = new RoleFixture(stack, "erased-meanwhile-");
    worker.start("train", TrainRoleIT.QUICK.replace("batchSize: 8,", "batchSize: 8, epochs: 24,"));
    send(worker, 0, "ann");
    until(() -> worker.logged(worker.name("train"), RoleFixture.ROUND) == 1);
    order(worker, "erase", Command.ERASE, "subject:ann");
    until(() -> versions(worker).size() == 1);
    assertThat(worker.logged(worker.name("train"), "was given up, its records wait again"))
        .isEqualTo(1);
    assertThat(versions(worker).get(0).getCounts().getRejected()).isEqualTo(ERASED);
    assertThat(answer(worker)).isEqualTo("erase");
    assertThat(Chains.examples(versions(worker))).isEqualTo(WINDOW);
    Chains.assertOffsetsAgree(worker, versions(worker));
  }

  private static void send(RoleFixture worker, int from, @Nullable String subject)
      throws IOException {
    List<WeightedExample> examples = new ArrayList<>();
    for (WeightedExample example : NewsExamples.weighted("news", from, WINDOW)) {
      examples.add(examples.size() < ERASED ? of(subject, example) : example);
    }
    worker.send(worker.topics.training(), "news", examples);
  }

  private static WeightedExample of(@Nullable String subject, WeightedExample example) {
    TrainingExample sent =
        TrainingExample.newBuilder(example.getScored().getExample()).setSubject(subject).build();
    return WeightedExample.newBuilder(example)
        .setScored(ScoredExample.newBuilder(example.getScored()).setExample(sent).build())
        .build();
  }

  private static void order(
      RoleFixture worker, String id, Command command, @Nullable String argument) {
    AdapterCommand order =
        AdapterCommand.newBuilder()
            .setId(id)
            .setAdapter("news")
            .setCommand(command)
            .setArgument(argument)
            .setIssuedBy("test")
            .setIssuedAt(Instant.now())
            .build();
    worker.send(worker.topics.commands(), "news", List.of(order));
  }

  private static List<AdapterVersion> versions(RoleFixture worker) {
    return worker.read(worker.topics.versions());
  }

  private static AdapterState state(RoleFixture worker) {
    List<AdapterState> states = worker.read(worker.topics.adapters());
    return states.get(states.size() - 1);
  }

  private static String answer(RoleFixture worker) {
    return state(worker).getLastOrder().getId();
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofMinutes(2)).until(condition);
  }
}
