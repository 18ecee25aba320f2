package io.alluvium.stack.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.stack.process.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
  private final Path data;
  private final StateFile file;

  StateFileTest(@TempDir Path data) {
    this.data = data;
    this.file = new StateFile(data);
  }

  @Test
  void aMissingFileMeansThatNothingWasStarted() {
    assertThat(file.read()).isEqualTo(StackState.empty());
  }

  @Test
  void readsWhatWasWritten() {
    StackState.Entry broker = entry("broker", 1);
    file.update(state -> state.withPort("broker", 9092).with(broker));

    StackState read = new StateFile(data).read();

    assertThat(read.port("broker")).contains(9092);
    assertThat(read.process("broker")).contains(broker);
  }

  @Test
  void aRestartedProcessTakesThePlaceOfTheEarlierOne() {
    file.update(state -> state.with(entry("broker", 1)).with(entry("app", 2)));

    file.update(state -> state.with(entry("broker", 3)));

    assertThat(file.read().processes()).extracting(StackState.Entry::pid).containsExactly(2L, 3L);
  }

  @Test
  void keepsPortsOfWhatWasStopped() {
    file.update(state -> state.withPort("broker", 9092).with(entry("broker", 1)));

    file.update(state -> state.without("broker"));

    assertThat(file.read().port("broker")).contains(9092);
    assertThat(file.read().processes()).isEmpty();
  }

  @Test
  void refusesADamagedFile() throws IOException {
    Files.writeString(data.resolve("stack.json"), "{");

    assertThatThrownBy(file::read)
        .isInstanceOf(SetupException.class)
        .hasMessage(data.resolve("stack.json") + " is damaged; delete it and start again");
  }

  @Test
  void refusesAFormItDoesNotKnow() throws IOException {
    Files.writeString(
        data.resolve("stack.json"), "{\"version\":2,\"ports\":{},\"processes\":[],\"more\":1}");

    assertThatThrownBy(file::read)
        .isInstanceOf(SetupException.class)
        .hasMessage(data.resolve("stack.json") + " has version 2, this program knows 1");
  }

  private static StackState.Entry entry(String name, long pid) {
    return new StackState.Entry(name, pid, 7, "http://127.0.0.1:1/health", "print", 1_000);
  }
}
