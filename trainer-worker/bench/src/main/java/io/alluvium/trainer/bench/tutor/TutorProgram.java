package io.alluvium.trainer.bench.tutor;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Argument: the base's folder. Answers each line of standard input until its end. */
public final class TutorProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TutorProgram() {}

  /** Runs until standard input ends. */
  public static void main(String... arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // What is logged may not stand among the answers.
    System.setOut(System.err);
    try (Tutor tutor = new Tutor(Path.of(arguments[0]));
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(JSON.writeValueAsString(tutor.answer(JSON.readValue(line, Lesson.class))));
      }
    }
  }
}
