package io.alluvium.trainer.bench.tutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.bench.tutor.Lesson.Answer;
import io.alluvium.trainer.bench.tutor.Lesson.Example;
import io.alluvium.trainer.program.device.EngineRuntime;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TutorTest {
  private static final Path SHIPPED =
      Path.of("..", "models", "alluvium-tiny").toAbsolutePath().normalize();
  private static final Example RIGHT = new Example("say kalo twice:", " kalo kalo", 1);
  private static final Example WRONG = new Example("say kalo twice:", " mivo mivo", 1);
  private static final Example LONG = new Example("x".repeat(300), " y", 1);

  @Test
  void itScoresWithTheBaseAndLearnsAnAdapter() throws Exception {
    EngineRuntime.start(1);
    try (Tutor tutor = new Tutor(SHIPPED)) {
      Answer before = tutor.answer(new Lesson("a", false, List.of(RIGHT, WRONG, LONG)));
      assertThat(before.version()).isNull();
      assertThat(before.scores()).hasSize(3);
      assertThat(before.scores().get(2)).as("longer than the base was made for").isNull();
      assertThat(before.scores().get(0).baseLoss()).isLessThan(0.01);
      assertThat(before.scores().get(1).baseLoss()).isGreaterThan(2);
      assertThat(before.scores().get(0).adapterLoss()).isNull();
      assertThat(Base64.getDecoder().decode(before.scores().get(0).embedding())).hasSize(2 * 160);

      Answer learned = tutor.answer(new Lesson("a", true, Collections.nCopies(64, WRONG)));
      assertThat(learned.version()).isEqualTo(1);
      assertThat(learned.scores()).isEmpty();

      Answer after = tutor.answer(new Lesson("a", false, List.of(WRONG)));
      assertThat(after.version()).isEqualTo(1);
      assertThat(after.scores().get(0).baseLoss())
          .isEqualTo(before.scores().get(1).baseLoss(), within(1e-3));
      assertThat(after.scores().get(0).adapterLoss()).isLessThan(after.scores().get(0).baseLoss());
      assertThat(tutor.answer(new Lesson("b", false, List.of(WRONG))).version()).isNull();
    }
  }
}
