package io.alluvium.trainer.round.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.adapter.BadAdapterException;
import io.alluvium.trainer.claim.recall.Place;
import io.alluvium.trainer.gate.measure.GateInputs.SkillScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PastFileTest {
  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    OwnPast past = new OwnPast(List.of(new Kept(new Place(3, 1L << 40), "x", 2.25, 1.1)));
    PastFile.write(folder, past);
    assertThat(PastFile.read(folder)).isEqualTo(past);
    BestSkills skills = new BestSkills(Map.of("d", new SkillScore(0.9, 0.25, 40)));
    PastFile.write(folder, skills);
    assertThat(PastFile.skills(folder)).isEqualTo(skills);
  }

  @Test
  void aFolderWithoutTheFileHasNoPast() throws IOException {
    assertThat(PastFile.read(folder)).isEqualTo(OwnPast.NONE);
    assertThat(PastFile.skills(folder)).isEqualTo(BestSkills.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "[1]", "{\"kept\":7}", "{}", "null", "{\"kept\":[null]}"})
  void anythingElseIsABadAdapter(String text) throws IOException {
    Files.writeString(folder.resolve("held_out.json"), text);
    assertThatThrownBy(() -> PastFile.read(folder)).isInstanceOf(BadAdapterException.class);
    Files.writeString(folder.resolve("skills.json"), text);
    assertThatThrownBy(() -> PastFile.skills(folder)).isInstanceOf(BadAdapterException.class);
  }
}
