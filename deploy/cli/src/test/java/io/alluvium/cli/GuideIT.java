package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.junit.TestFolders;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The first session of README.md as it stands there, and then, on what it leaves, every command of
 * the runbooks and of the other texts that is quick and changes nothing, and every block for a
 * shell of the guides in {@code deploy/guide}, page by page.
 */
class GuideIT {
  private static final String FIRST_SESSION = "## A first session";
  private static final String ANSWER = "cool the gida";
  private static final Set<String> QUICK =
      Set.of("status", "watch", "adapters", "doctor", "rejections", "verify", "policy", "suite");

  /** Something in capitals that stands for what only the reader knows. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\b(?!ID\\b|PT)[A-Z]{2,}\\b");

  /** Pages that may be read beside each other: each makes what it uses. */
  private static final List<String> GUIDES =
      List.of(
          "consume-events",
          "read-a-verdict",
          "explain-and-rederive",
          "produce",
          "replay-and-anchors",
          "tune-a-policy",
          "bring-your-own-base",
          "your-own-cluster",
          "run-on-a-gpu",
          "how-it-works",
          "glossary");

  /** The page that stops the stack and starts it again. */
  private static final String STOPS = "operate-and-upgrade";

  /** What marks a block that is only parsed, and why it is not run here. */
  private static final Map<String, String> NOT_HERE =
      Map.of(
          "run streams --config", "programs in the foreground; RunIT starts them",
          "rollback --adapter support --to 11",
              "needs eleven versions; RollbackIT goes back to the first",
          "ALLUVIUM_LIBTORCH", "needs a libtorch with CUDA",
          "base.device=CUDA", "needs an NVIDIA GPU",
          "peft_compare.py", "needs PyTorch; the trainer's own tests run it where it is");

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
    inTwoLanes(GUIDES.stream().map(this::readThrough).toList());
    readThrough(STOPS).call();
    worked(session.get(down));
  }

  @Test
  void everyGuideIsRunAndEveryReasonNotToIsUsed() throws IOException {
    try (Stream<Path> pages = Files.list(Guide.HOME.resolve("deploy/guide"))) {
      assertThat(pages.map(GuideIT::name).filter(name -> name.endsWith(".md")))
          .containsExactlyInAnyOrderElementsOf(
              everyGuide().stream().map(name -> name + ".md").toList());
    }
    assertThat(NOT_HERE.keySet())
        .allMatch(mark -> everyGuide().stream().anyMatch(guide -> hasBlockWith(guide, mark)));
  }

  private static List<String> everyGuide() {
    return Stream.concat(GUIDES.stream(), Stream.of(STOPS)).toList();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static boolean hasBlockWith(String guide, String mark) {
    return shell(guide).stream().anyMatch(block -> block.contains(mark));
  }

  private static List<String> blocks(String guide) {
    return shell(guide).stream()
        .filter(block -> NOT_HERE.keySet().stream().noneMatch(block::contains))
        .toList();
  }

  private static Path page(String guide) {
    return Guide.HOME.resolve("deploy/guide/" + guide + ".md");
  }

  private static List<String> shell(String guide) {
    return Guide.blocks(page(guide)).stream()
        .filter(block -> block.language().isEmpty() || block.language().equals("sh"))
        .map(Guide.Block::code)
        .toList();
  }

  private void allWork(List<String> lines) throws Exception {
    inTwoLanes(lines.stream().map(line -> (Callable<String>) () -> worked(line)).toList());
  }

  /** The blocks of a page, typed into one shell; it shows each line before it does it. */
  private Callable<String> readThrough(String guide) {
    return () -> worked("set -x\n" + String.join("", blocks(guide)));
  }

  /** Two at a time: most of a quick command is the start of its JVM. */
  private static void inTwoLanes(List<Callable<String>> work) throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      for (Future<String> done : two.invokeAll(work)) {
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
    everyGuide().forEach(guide -> lines.removeAll(Guide.fenced(page(guide))));
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
        new ProcessBuilder("/usr/bin/env", "bash", "-ec", line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().put("ALLUVIUM_BUILT", "1");
    builder.environment().put("ALLUVIUM_DATA", folder.resolve("data").toString());
    addresses().forEach(builder.environment()::put);
    Process process = builder.start();
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).as(line).isTrue();
    return new Typed(process.exitValue(), Files.readString(output.toPath()));
  }

  /** Those of the stack, as somebody would give them who has a cluster of his own. */
  private Map<String, String> addresses() throws IOException {
    Path file = folder.resolve("data/config/client.properties");
    if (!Files.exists(file)) {
      return Map.of();
    }
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      settings.load(reader);
    }
    return Map.of(
        "BROKERS", settings.getProperty("bootstrap.servers"),
        "REGISTRY", settings.getProperty("schema.registry.url"));
  }

  private record Typed(int code, String output) {}
}
