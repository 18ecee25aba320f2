package io.alluvium.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileFaultTest {
  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("f"), "it does not exist"),
        Arguments.of(new AccessDeniedException("f"), "permission denied"),
        Arguments.of(new MalformedInputException(1), "it is not UTF-8"),
        Arguments.of(new FileSystemException("f", null, "Is a directory"), "Is a directory"),
        Arguments.of(new FileSystemException("f"), "it cannot be read or written"),
        Arguments.of(new IOException("two\nlines"), "two"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultIsAFewWordsWithoutTheNameOfAClass(IOException fault, String words) {
    assertThat(FileFault.words(fault)).isEqualTo(words).doesNotContain("Exception");
  }

  @Test
  void faultWithoutAMessageHasWordsToo() {
    assertThat(FileFault.words(new IOException())).isEqualTo("it cannot be read or written");
  }
}
