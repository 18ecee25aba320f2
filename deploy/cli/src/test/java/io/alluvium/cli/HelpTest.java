package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page of help there is, as it is shown, and every example on it. */
class HelpTest {
  private static final Path HOME = Path.of(System.getProperty("alluvium.home", "../.."));
  private static final Pattern EXAMPLE = Pattern.compile("(?:^|.*\\| )alluvium (\\S.*)");

  static Stream<String> everyCommand() {
    return CommandTree.all().keySet().stream();
  }

  /** Above all commands stands the program's own page. */
  static Stream<String> everyPage() {
    return Stream.concat(Stream.of(""), everyCommand());
  }

  @ParameterizedTest
  @MethodSource("everyPage")
  void everyPageIsShownWithoutAWarning(String command) {
    ByteArrayOutputStream warnings = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(warnings, true, StandardCharsets.UTF_8));
    Cli.Result help;
    try {
      help = Cli.run(with(command, "--help"));
    } finally {
      System.setErr(before);
    }
    assertThat(help.code()).as(help.err()).isZero();
    assertThat(help.out()).contains(("Usage: alluvium " + command).strip());
    assertThat(help.err()).isEmpty();
    assertThat(warnings.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"help up,up --help", "help policy show,policy show --help", "help,--help"})
  void helpIsACommandToo(String typed, String meant) {
    Cli.Result help = Cli.run(with(typed));
    assertThat(help.code()).as(help.err()).isZero();
    assertThat(help.out()).isNotEmpty().isEqualTo(Cli.run(with(meant)).out());
  }

  @Test
  void helpForNoCommandIsOneLineAndExitTwo() {
    Cli.Result help = Cli.run("help", "policy", "shew");
    assertThat(help.code()).isEqualTo(2);
    assertThat(help.errLines())
        .containsExactly("there is no command policy shew: `alluvium --help` lists them");
  }

  @Test
  void everyCommandThatDoesSomethingShowsExamples() {
    assertThat(leaves())
        .allSatisfy(leaf -> assertThat(examples(leaf)).as(leaf).isNotEmpty())
        .hasSizeGreaterThan(30);
  }

  @ParameterizedTest
  @MethodSource("everyCommand")
  void everyExampleIsRightUsage(String command) {
    assertThat(examples(command))
        .allSatisfy(
            line ->
                assertThatCode(() -> CommandTree.parse(line)).as(line).doesNotThrowAnyException());
  }

  /** Files of the user's own are named without a folder; a folder in capitals stands for one. */
  @ParameterizedTest
  @MethodSource("everyCommand")
  void everyFolderOfAnExampleIsThereOrMadeByUp(String command) {
    assertThat(examples(command).stream().flatMap(line -> CommandTree.words(line).stream()))
        .filteredOn(word -> word.contains("/") && !word.contains("://") && !word.contains(" "))
        .filteredOn(
            word -> !word.equals("~/.alluvium/artifacts") && !word.equals("~/.alluvium/demo"))
        .allSatisfy(word -> assertThat(HOME.resolve(word)).exists());
  }

  private static List<String> leaves() {
    return CommandTree.all().entrySet().stream()
        .filter(command -> command.getValue().getSubcommands().isEmpty())
        .map(command -> command.getKey())
        .filter(name -> !name.equals("help"))
        .toList();
  }

  private static List<String> examples(String command) {
    String[] footer =
        Objects.requireNonNull(CommandTree.all().get(command))
            .getCommandSpec()
            .usageMessage()
            .footer();
    return Arrays.stream(footer)
        .map(String::strip)
        .map(EXAMPLE::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> matcher.group(1))
        .toList();
  }

  private static String[] with(String words, String... further) {
    List<String> all = new ArrayList<>();
    Stream.of(words.split(" ")).filter(word -> !word.isEmpty()).forEach(all::add);
    all.addAll(List.of(further));
    return all.toArray(String[]::new);
  }
}
