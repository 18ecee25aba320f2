package io.alluvium.trainer.finetune.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorMakerFaultTest {
  private static final String DIGEST = "0123456789abcdef0123";
  private static final FineTuneConfig CONFIG =
      FineTuneConfig.defaults().withAnchors(new AnchorConfig(null, 150, 6, 3, 1));

  @TempDir static Path temp;

  private static Decoder decoder;

  @BeforeAll
  static void open() throws Exception {
    HfFolder folder = HfFolder.open(TinyModel.write(temp.resolve("base"), TinyModel.MISTRAL, 2));
    decoder = Decoder.open(folder, new EngineOptions(1, 90));
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  @Test
  void progressIsToldUntilAllAreMade() throws IOException {
    List<Integer> told = new ArrayList<>();
    make("told", told::add);
    make("told", told::add);
    assertThat(told).containsExactly(64, 128, 150);
  }

  @Test
  void aStartThatWasKilledIsGoneOnFromAndMakesTheSame() throws IOException {
    Path straight = make("straight", count -> {});
    assertThatThrownBy(() -> make("killed", AnchorMakerFaultTest::dieAfterTheSecondPart))
        .hasMessage("killed");
    Path part = only(temp.resolve("killed"));
    Files.writeString(part, "{\"ids\":[1,2", StandardOpenOption.APPEND);
    List<Integer> told = new ArrayList<>();

    Path gone = make("killed", told::add);

    assertThat(told).containsExactly(150);
    assertThat(gone).hasSameTextualContentAs(straight);
  }

  private static void dieAfterTheSecondPart(int count) {
    if (count == 128) {
      throw new IllegalStateException("killed");
    }
  }

  private static Path make(String name, IntConsumer told) throws IOException {
    Path work = temp.resolve(name);
    assertThat(new AnchorMaker(decoder, CONFIG, told).once(DIGEST, work).size()).isEqualTo(150);
    return only(work);
  }

  private static Path only(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.reduce((a, b) -> a.resolve("one file was expected")).orElseThrow();
    }
  }
}
