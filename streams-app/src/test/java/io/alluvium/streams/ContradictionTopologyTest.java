package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.record.Messages;
import io.alluvium.streams.novelty.candidate.Candidate;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that a newer one contradicts is not replayed any more. */
class ContradictionTopologyTest {
  private static final String ALL_ARE_KEPT =
      "replay: {share: 0.5, examples: 1000, bytes: 1000000, repeats: 1000}";

  private static final Duration ORDERS_ARE_LOOKED_AT = Duration.ofSeconds(2);

  @TempDir private Path folder;

  @Test
  void aNewAnswerTakesThePlaceOfTheOldOne() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      answer(rig, 0, 40, "old");
      answer(rig, 0, 40, "new");
      rig.training();
      assertThat(rig.kept()).hasSize(40).allMatch(kept -> answer(kept).equals("new"));
      answer(rig, 100, 140, "new");
      assertThat(replays(rig.training()))
          .isNotEmpty()
          .allMatch(each -> answer(each.getScored()).equals("new"));
    }
  }

  @Test
  void theOldAnswerDoesNotEvenRideBeforeTheNewOne() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      rig.produce(scored(pair("old", "q", "old")));
      rig.produce(scored(pair("new", "Q ", "new")));
      rig.produce(scored(pair("other", "another", "fine")));
      assertThat(rig.training())
          .extracting(each -> each.getScored().getExample().getId())
          .containsExactly("old", "new", "other");
    }
  }

  @Test
  void theQuestionOfAConversationIsEverythingBeforeTheAnswer() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      rig.produce(scored(talk("1", "kind", "q", "a")));
      rig.produce(scored(talk("2", "rude", "q", "b")));
      rig.produce(scored(talk("3", "kind", "q", "c")));
      assertThat(rig.kept())
          .extracting(kept -> kept.getExample().getId())
          .containsExactlyInAnyOrder("2", "3");
    }
  }

  @Test
  void aPairAndAConversationOfOneTurnAskTheSame() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      rig.produce(scored(pair("1", "q", "a")));
      rig.produce(scored(messages("2", List.of(Messages.of("user", "q")), "b")));
      assertThat(rig.kept()).extracting(kept -> kept.getExample().getId()).containsExactly("2");
    }
  }

  @Test
  void textsWithoutAQuestionContradictNothing() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      IntStream.range(0, 9).forEach(i -> rig.produce(scored(pair("t" + i, "", "story " + i))));
      assertThat(rig.kept()).hasSize(9);
    }
  }

  @Test
  void anotherAdapterMayAnswerOtherwise() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      rig.produce(scored(pair("1", "q", "a")));
      rig.produce(
          scored(TrainingExample.newBuilder(pair("2", "q", "b")).setAdapter("sales").build()));
      assertThat(rig.kept()).hasSize(2);
    }
  }

  @Test
  void aGeneralExampleGivesWayToo() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      rig.produce(scored(Candidate.anchor(pair("g", "q", "general"))));
      rig.produce(scored(pair("1", "q", "own")));
      assertThat(rig.kept()).extracting(kept -> kept.getExample().getId()).containsExactly("1");
    }
  }

  @Test
  void noiseIsNotKeptButWhatItContradictsIsNotReplayedEither() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      Random random = new Random(1);
      IntStream.range(0, 300).forEach(i -> rig.produce(known(i, 1 + random.nextDouble(), 0.5)));
      rig.produce(known(7, 9, 9.5));
      assertThat(rig.kept())
          .hasSize(299)
          .noneMatch(kept -> kept.getExample().getPrompt().equals("question 7"));
    }
  }

  @Test
  void whatIsSentWhileNothingIsReplayedCountsToo() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      rig.produce(scored(pair("1", "q", "a")));
      rig.produce(Rig.policy("support", 1, Rig.START.plusSeconds(60), "replay: {share: 0}"));
      rig.produceAt(scored(pair("2", "q", "b")), Rig.START.plusSeconds(61));
      assertThat(rig.kept()).isEmpty();
    }
  }

  @Test
  void erasingTheNewAnswerDoesNotBringBackTheOldOne() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      rig.produce(scored(pair("1", "q", "a")));
      rig.produce(scored(pair("2", "q", "b")));
      rig.produce(
          new AdapterCommand(
              "1",
              "support",
              Command.ERASE,
              null,
              "id:2",
              "test",
              Rig.START.plusSeconds(60),
              null));
      rig.advance(ORDERS_ARE_LOOKED_AT);
      assertThat(rig.kept()).isEmpty();
    }
  }

  @Test
  void aRestartBetweenTwoAnswersChangesNothing() throws IOException {
    Rig before = new Rig(folder, ALL_ARE_KEPT);
    answer(before, 0, 200, "old");
    try (Rig rig = before.restarted()) {
      answer(rig, 0, 200, "new");
      assertThat(rig.kept()).hasSize(200).allMatch(kept -> answer(kept).equals("new"));
    }
  }

  /** As the build before laid it out: it knew no questions and kept both answers. */
  @Test
  void whatABuildWithoutQuestionsKeptIsReadAndOfTwoAnswersTheNewerStays() {
    try (Rig rig = new Rig(folder, ALL_ARE_KEPT)) {
      List<TrainingExample> kept =
          List.of(pair("new", "q", "b"), pair("other", "r", "c"), pair("old", "Q", "a"));
      ByteBuffer snapshot = ByteBuffer.allocate(1 + 2 * Long.BYTES + 2 * Short.BYTES + 3 * 54);
      snapshot.put((byte) 2).putLong(1).putLong(300).putShort((short) 3);
      for (int slot = 0; slot < 3; slot++) {
        byte[] content = rig.bytes(rig.topics().scored(), scored(kept.get(slot)));
        rig.put("replay-examples", key(0, slot), content);
        snapshot.putShort((short) slot).putDouble(-0.5).putInt(content.length).putInt(0);
        snapshot.putLong(slot).putLong(0).putInt(0).putLong(20 - slot).putLong(1_000);
      }
      rig.put("replay-state", key(0), snapshot.putShort((short) 0).array());
      rig.produce(scored(pair("last", "s", "d")));
      assertThat(rig.kept())
          .extracting(each -> each.getExample().getId())
          .containsExactlyInAnyOrder("new", "other", "last");
      rig.produce(scored(pair("newest", "q", "e")));
      assertThat(rig.kept())
          .extracting(each -> each.getExample().getId())
          .containsExactlyInAnyOrder("newest", "other", "last");
    }
  }

  /** A zero, for contents the pool, and the slot behind base and adapter. */
  private static byte[] key(int... suffix) {
    byte[] track = "b0/support".getBytes(StandardCharsets.UTF_8);
    ByteBuffer key = ByteBuffer.allocate(track.length + suffix.length + 2).put(track).put((byte) 0);
    if (suffix.length == 2) {
      key.put((byte) suffix[0]);
    }
    return key.putShort((short) suffix[suffix.length - 1]).array();
  }

  private static void answer(Rig rig, int from, int to, String answer) {
    IntStream.range(from, to)
        .forEach(i -> rig.produce(scored(pair(answer + i, "question " + i, answer))));
  }

  private static List<WeightedExample> replays(List<WeightedExample> training) {
    return training.stream().filter(each -> each.getReplayOf() != null).toList();
  }

  private static String answer(ScoredExample scored) {
    return scored.getExample().getCompletion();
  }

  private static ScoredExample scored(TrainingExample example) {
    return Rig.scored(example, 2);
  }

  private static ScoredExample known(int question, double loss, double adapterLoss) {
    return ScoredExample.newBuilder(
            Rig.scored(pair("at " + loss, "question " + question, "answer at " + loss), loss))
        .setAdapterLoss(adapterLoss)
        .setAdapterVersion(1L)
        .build();
  }

  private static TrainingExample pair(String id, String prompt, String completion) {
    return Rig.example(id, completion).setPrompt(prompt).build();
  }

  private static TrainingExample talk(String id, String system, String question, String answer) {
    return messages(
        id, List.of(Messages.of("system", system), Messages.of("user", question)), answer);
  }

  private static TrainingExample messages(String id, List<Message> before, String answer) {
    List<Message> all = new ArrayList<>(before);
    all.add(Messages.of("assistant", answer));
    return Rig.example(id, "").setPrompt(null).setCompletion(null).setMessages(all).build();
  }
}
