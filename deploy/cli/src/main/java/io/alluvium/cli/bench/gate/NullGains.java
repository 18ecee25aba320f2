package io.alluvium.cli.bench.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.trainer.bench.tutor.Lesson;
import io.alluvium.trainer.bench.tutor.Lesson.Example;
import io.alluvium.trainer.bench.tutor.TutorProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Gains of real candidates over a real champion, per held-out record and with their mean taken off.
 *
 * @param terminal where progress goes
 * @param base folder
 * @param longest record in characters that is used
 */
record NullGains(Terminal terminal, Path base, int longest) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HELD_OUT = 512;
  private static final int WINDOW = 128;
  private static final int BATCH = 64;
  private static final int LESSONS = 6;

  /**
   * What is drawn from.
   *
   * @param records name of their file
   * @param candidate how it was made
   * @param mean that was taken off, nats
   * @param gains with mean 0, nats
   */
  @SuppressWarnings("ArrayRecordComponent") // made once and only read
  record Pool(String records, String candidate, double mean, double[] gains) {

    static Pool of(String records, String candidate, double[] gains) {
      double mean = Arrays.stream(gains).average().orElseThrow();
      return new Pool(records, candidate, mean, Arrays.stream(gains).map(g -> g - mean).toArray());
    }

    double[] draw(int count, Random random) {
      return IntStream.range(0, count)
          .mapToDouble(n -> gains[random.nextInt(gains.length)])
          .toArray();
    }

    double deviation() {
      return Math.sqrt(Arrays.stream(gains).map(gain -> gain * gain).average().orElseThrow());
    }

    double skewness() {
      double third = Arrays.stream(gains).map(gain -> gain * gain * gain).average().orElseThrow();
      return third / Math.pow(deviation(), 3);
    }
  }

  /** Two pools for each file. */
  List<Pool> of(List<Path> files, long seed) {
    List<Pool> pools = new ArrayList<>();
    try (Tutor tutor = new Tutor(started());
        Progress progress =
            Progress.start(terminal, "null candidates", (long) files.size() * LESSONS)) {
      for (Path file : files) {
        pools.addAll(pools(file, new Random(seed), tutor, progress));
      }
    } catch (IOException broken) {
      throw CommandException.failed("cannot measure candidates: " + broken.getMessage(), broken);
    }
    return pools;
  }

  private Process started() {
    return ChildOutput.ofJava(
            System.getProperty("java.class.path"),
            new ChildOutput.Program(
                TutorProgram.class,
                List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dai.djl.offline=true"),
                List.of(base.toString())))
        .start();
  }

  private List<Pool> pools(Path file, Random random, Tutor tutor, Progress progress)
      throws IOException {
    String name = Objects.toString(file.getFileName()).replaceFirst("\\.jsonl$", "");
    List<Example> records = records(file, random);
    int wanted = HELD_OUT + 3 * WINDOW;
    if (records.size() < wanted) {
      progress.say(
          "%s is left out: it has %d records of at most %d characters, %d are needed"
              .formatted(file, records.size(), longest, wanted));
      return List.of();
    }
    List<Example> heldOut = records.subList(0, HELD_OUT);
    List<Example> third = window(records, 2);
    Course course = new Course(name, tutor, progress);
    double[] champion = course.champion("shuffled", records, heldOut);
    double[] shuffled = course.candidate("shuffled", shuffled(third, random), heldOut);
    course.champion("next", records, List.of());
    double[] next = course.candidate("next", third, heldOut);
    return List.of(
        Pool.of(name, "answers shuffled", less(champion, shuffled)),
        Pool.of(name, "next window", less(champion, next)));
  }

  private List<Example> records(Path file, Random random) throws IOException {
    List<Example> records = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode record = JSON.readTree(line);
      String prompt = record.path("prompt").asText();
      String completion = record.path("completion").asText();
      if (!completion.isEmpty() && prompt.length() + completion.length() <= longest) {
        records.add(new Example(prompt, completion, 1));
      }
    }
    Collections.shuffle(records, random);
    return records;
  }

  private static List<Example> window(List<Example> records, int number) {
    int from = HELD_OUT + number * WINDOW;
    return records.subList(from, from + WINDOW);
  }

  private static List<Example> shuffled(List<Example> window, Random random) {
    List<String> answers = new ArrayList<>(window.stream().map(Example::completion).toList());
    Collections.shuffle(answers, random);
    return IntStream.range(0, window.size())
        .mapToObj(n -> new Example(window.get(n).prompt(), answers.get(n), 1))
        .toList();
  }

  private static double[] less(double[] before, double[] after) {
    return IntStream.range(0, before.length).mapToDouble(n -> before[n] - after[n]).toArray();
  }

  /** What is learned from one file; equal lessons give equal adapters. */
  private record Course(String file, Tutor tutor, Progress progress) {

    double[] champion(String adapter, List<Example> records, List<Example> heldOut)
        throws IOException {
      tutor.learn(file + adapter, window(records, 0));
      tutor.learn(file + adapter, window(records, 1));
      progress.at(tutor.lessons(), file);
      return tutor.losses(file + adapter, heldOut);
    }

    double[] candidate(String adapter, List<Example> window, List<Example> heldOut)
        throws IOException {
      tutor.learn(file + adapter, window);
      progress.at(tutor.lessons(), file);
      return tutor.losses(file + adapter, heldOut);
    }
  }

  /** The process that has base and adapters. */
  private static final class Tutor implements AutoCloseable {
    private final Process process;
    private final Writer in;
    private final BufferedReader out;
    private int lessons;

    Tutor(Process process) {
      this.process = process;
      this.in = process.outputWriter();
      this.out = process.inputReader();
    }

    int lessons() {
      return lessons;
    }

    void learn(String adapter, List<Example> window) throws IOException {
      ask(new Lesson(adapter, /* learn= */ true, window));
      lessons++;
    }

    double[] losses(String adapter, List<Example> examples) throws IOException {
      List<Double> losses = new ArrayList<>();
      for (int from = 0; from < examples.size(); from += BATCH) {
        List<Example> batch = examples.subList(from, Math.min(from + BATCH, examples.size()));
        for (JsonNode score : ask(new Lesson(adapter, /* learn= */ false, batch)).path("scores")) {
          // Too long for the base: in every answer alike.
          if (!score.isNull()) {
            losses.add(score.path("adapterLoss").asDouble());
          }
        }
      }
      return losses.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private JsonNode ask(Lesson lesson) throws IOException {
      in.write(JSON.writeValueAsString(lesson) + "\n");
      in.flush();
      String line = out.readLine();
      if (line == null) {
        throw new IOException("the measuring process ended; its message stands above");
      }
      return JSON.readTree(line);
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
