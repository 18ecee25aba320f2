package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.junit.TestFolders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The first session of README.md as it stands there, and then, on what it leaves, every command of
 * the runbooks and of the other texts that is quick and changes nothing.
 */
class GuideIT {
  private static final String FIRST_SESSION = "## A first session";
  private static final String ANSWER = "cool the gida";
  private static final Set<String> QUICK =
      Set.of("status", "watch", "adapters", "doctor", "rejections", "verify", "policy", "suite");

  /** Something in capitals that stands for what only the reader knows. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\b(?!ID\\b|PT)[A-Z]{2,}\\b");

  private final Path folder = TestFolders.fresh();

  /** Stands where a person's clone does; ports are free ones, since a test shares its machine. */
  @BeforeEach
  void makeLauncher() throws IOException {
    Path launcher = Files.createDirectories(folder.resolve("deploy")).resolve("alluvium");
    Files.writeString(
        launcher,
        """
        #!/usr/bin/env bash
        [[ $1 == up ]] && set -- "$@" --free-ports
        exec '%s' "$@"
        """
            .formatted(Guide.HOME.resolve("deploy/alluvium")));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void stop() throws Exception {
    type("deploy/alluvium down");
  }

  @Test
  void firstSessionEndsWithTheRightAnswerAndEveryQuickCommandWorksOnIt() throws Exception {
    List<String> session = firstSession();
    int down = session.size() - 1;
    assertThat(session.get(down)).isEqualTo("deploy/alluvium down");
    List<String> said = new ArrayList<>();
    for (String line : session.subList(0, down)) {
      said.add(worked(line));
    }
    assertThat(said).anyMatch(text -> text.contains("what now? " + ANSWER));
    assertThat(String.join("\n", session)).contains(ANSWER);
    assertThat(said).anyMatch(text -> text.contains("2048 accepted, 0 refused, 2048 trained"));

    allWork(
        quickCommands().stream()
            .map(line -> "deploy/alluvium " + line.replaceAll("\\bID\\b", "support"))
            .toList());
    worked(session.get(down));
  }

  /** Two at a time: most of a quick command is the start of its JVM. */
  private void allWork(List<String> lines) throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      for (Future<String> done :
          two.invokeAll(
              lines.stream().map(line -> (Callable<String>) () -> worked(line)).toList())) {
        done.get();
      }
    } finally {
      two.shutdown();
    }
  }

  private static List<String> firstSession() {
    String readme = Guide.read(Guide.HOME.resolve("README.md"));
    String section = readme.substring(readme.indexOf(FIRST_SESSION));
    int begin = section.indexOf("```\n") + 4;
    return section.substring(begin, section.indexOf("```", begin)).lines().toList();
  }

  private static Set<String> quickCommands() {
    Set<String> lines = new LinkedHashSet<>();
    for (Path text : Guide.texts()) {
      lines.addAll(Guide.fenced(text));
      lines.addAll(Guide.inline(text));
    }
    lines.removeIf(line -> !isQuick(line));
    assertThat(lines).hasSizeGreaterThan(8);
    return lines;
  }

  private static boolean isQuick(String line) {
    List<String> words = CommandTree.words(line);
    // The session has no refusal that could be shown, and nothing here is to be changed.
    boolean reads =
        QUICK.contains(words.get(0))
            && !line.matches("(rejections show|policy set|suite (add|remove)).*");
    // Without an end it would be watched for ever; without its subcommand it is only spoken of.
    boolean ends = !words.get(0).equals("watch") || words.contains("--timeout");
    return reads && ends && CommandTree.isWhole(line) && !PLACEHOLDER.matcher(line).find();
  }

  private String worked(String line) throws IOException, InterruptedException {
    Typed typed = type(line);
    assertThat(typed.code()).as(line + "\n" + typed.output()).isZero();
    return typed.output();
  }

  private Typed type(String line) throws IOException, InterruptedException {
    File output = Files.createTempFile(folder, "output", "").toFile();
    ProcessBuilder builder =
        new ProcessBuilder("/usr/bin/env", "bash", "-c", line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().put("ALLUVIUM_BUILT", "1");
    builder.environment().put("ALLUVIUM_DATA", folder.resolve("data").toString());
    Process process = builder.start();
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).as(line).isTrue();
    return new Typed(process.exitValue(), Files.readString(output.toPath()));
  }

  private record Typed(int code, String output) {}
}
