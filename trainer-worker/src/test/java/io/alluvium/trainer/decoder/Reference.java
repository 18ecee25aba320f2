package io.alluvium.trainer.decoder;

import io.alluvium.stack.junit.Requirement;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The independent numpy oracle, run as a process; float64 throughout. */
public final class Reference {
  private static final String PYTHON = "/usr/bin/python3";

  private final Path model;
  private final @Nullable Path adapter;

  /** An oracle for a model folder, under an adapter folder if one is given. */
  public Reference(Path model, @Nullable Path adapter) {
    this.model = model;
    this.adapter = adapter;
  }

  /** The folder of real weights and text, or a skipped test. */
  public static Path shared() {
    return Requirement.shared("");
  }

  /** The small real model, or a skipped test. */
  public static Path stories() {
    return shared().resolve("data/models/stories260k");
  }

  /** Logits after the last token. */
  public double[] logits(int[] ids) throws Exception {
    String text = Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(","));
    return numbers(run("", "logits", "--ids", text));
  }

  /** Mean response losses. */
  public double[] losses(List<TokenSequence> sequences) throws Exception {
    String records =
        sequences.stream()
            .map(
                s ->
                    "{\"ids\":%s,\"response_start\":%d}\n"
                        .formatted(Arrays.toString(s.ids()), s.responseStart()))
            .collect(Collectors.joining());
    return numbers(run(records, "nll"));
  }

  /** Prompt with its greedy continuation. */
  public int[] greedy(int[] ids, int tokens) throws Exception {
    String text = Arrays.stream(ids).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String out = run("", "generate", "--ids", text, "--tokens", String.valueOf(tokens));
    return Arrays.stream(out.strip().split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private String run(String input, String command, String... options) throws Exception {
    requireNumpy();
    List<String> line = new ArrayList<>();
    line.addAll(List.of(PYTHON, shared().resolve("tools/reference.py").toString(), command));
    line.addAll(List.of("--model", model.toString()));
    if (adapter != null) {
      line.addAll(List.of("--adapter", adapter.toString()));
    }
    line.addAll(List.of(options));
    return output(line, input);
  }

  private static void requireNumpy() throws Exception {
    Requirement.program("python3", "python3-numpy");
    Process probe = new ProcessBuilder(PYTHON, "-c", "import numpy").start();
    Requirement.require(
        probe.waitFor() == 0, "numpy of python3 is missing; apt-get install python3-numpy");
  }

  private static String output(List<String> line, String input) throws Exception {
    Path in = Files.createTempFile("reference", ".in");
    Process process =
        new ProcessBuilder(line)
            .redirectInput(Files.writeString(in, input).toFile())
            .redirectErrorStream(true)
            .start();
    String out = read(process.getInputStream());
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", line) + " failed:\n" + out);
    }
    Files.delete(in);
    return out;
  }

  private static String read(InputStream stream) throws IOException {
    try (stream) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static double[] numbers(String lines) {
    return lines.lines().mapToDouble(Double::parseDouble).toArray();
  }
}
