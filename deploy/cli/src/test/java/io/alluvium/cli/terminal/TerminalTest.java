package io.alluvium.cli.terminal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void fullDiskIsNamedInOneLineWithWhereItIs() {
    assertThatThrownBy(() -> terminal("No space left on device").print("result"))
        .isInstanceOf(CommandException.class)
        .hasMessageMatching("cannot write .+: No space left on device");
  }

  @Test
  void readerThatWentAwayEndsTheCommandQuietly() {
    assertThatThrownBy(() -> terminal("Broken pipe").print("result"))
        .isInstanceOf(CommandException.class)
        .hasMessage("standard output was closed");
  }

  @Test
  void whatCanBeWrittenIs() {
    OutputStream nowhere = OutputStream.nullOutputStream();
    Terminal terminal = new Terminal(new ResultStream(nowhere), new PrintStream(nowhere), false);
    assertThatCode(() -> terminal.print("result")).doesNotThrowAnyException();
  }

  private static Terminal terminal(String fault) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int single) throws IOException {
            throw new IOException(fault);
          }
        };
    return new Terminal(
        new ResultStream(full), new PrintStream(OutputStream.nullOutputStream()), false);
  }
}
