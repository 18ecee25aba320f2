package io.alluvium.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class ClientFaultTest {
  @Test
  void wrappersAreTakenOff() {
    Throwable cause = new TimeoutException("Expiring 7 records");
    assertThat(ClientFault.words(new ExecutionException(cause))).isEqualTo("Expiring 7 records");
    assertThat(ClientFault.words(new KafkaException(cause))).isEqualTo("Expiring 7 records");
    assertThat(ClientFault.words(new ExecutionException(new TimeoutException())))
        .isEqualTo("no answer in time");
  }

  @Test
  void surroundingsThatFailEndACommandInOneLine() {
    assertThat(ending(new TimeoutException("late")).exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(ending(new SaslAuthenticationException("no")).exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ending(new TopicAuthorizationException("no")).getMessage()).contains("--config");
    assertThat(ending(new SerializationException("x", new IOException("refused"))).exitCode())
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(ending(new UncheckedIOException(new NoSuchFileException("f"))).getMessage())
        .isEqualTo("f: it does not exist");
  }

  @Test
  void faultOfTheProgramIsNone() {
    assertThat(ClientFault.ending(new IllegalStateException("ours"))).isEmpty();
  }

  private static CommandException ending(Exception fault) {
    CommandException ending = ClientFault.ending(fault).orElseThrow();
    assertThat(ending.getMessage()).doesNotContain("Exception", "\n");
    return ending;
  }
}
