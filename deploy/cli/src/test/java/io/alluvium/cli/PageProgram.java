package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.Requirement;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * The programs of a page, run as they stand there with the addresses of a stack as arguments.
 *
 * @param page with one block for each language
 * @param folder for sources and output
 */
record PageProgram(Path page, LocalStack stack, Path folder) {
  private static final String PYTHON = "/usr/bin/python3";

  /** Skips the test where a module is missing. */
  static void needsPython(String module, String debianPackage)
      throws IOException, InterruptedException {
    boolean there =
        Files.isExecutable(Path.of(PYTHON))
            && new ProcessBuilder(PYTHON, "-c", "import " + module)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor()
                == 0;
    Requirement.require(
        there, "Python module " + module + " is missing; apt-get install " + debianPackage);
  }

  /** Runs the Java program and returns what it printed. */
  String java(String name) throws IOException, InterruptedException {
    return java(name, code -> code);
  }

  /** The same with something changed in its text. */
  String java(String name, UnaryOperator<String> change) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve(name), change.apply(code("java")));
    return run(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        source.toString(),
        stack.bootstrapServers(),
        stack.registryUrl());
  }

  /** Runs the Python program and returns what it printed. */
  String python(String name) throws IOException, InterruptedException {
    Path source = Files.writeString(folder.resolve(name), code("python"));
    return run(PYTHON, source.toString(), stack.bootstrapServers(), stack.registryUrl());
  }

  /** Runs the lines for a shell and returns what they printed. */
  String shell() throws IOException, InterruptedException {
    return run("bash", "-c", code("sh"));
  }

  private String code(String language) {
    List<Guide.Block> blocks =
        Guide.blocks(page).stream().filter(block -> block.language().equals(language)).toList();
    assertThat(blocks).hasSize(1);
    return blocks.get(0).code();
  }

  private String run(String... command) throws IOException, InterruptedException {
    File output = folder.resolve("output").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
    builder.environment().put("BROKERS", stack.bootstrapServers());
    builder.environment().put("REGISTRY", stack.registryUrl());
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(Arrays.toString(command)).isTrue();
    String said = Files.readString(output.toPath());
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
