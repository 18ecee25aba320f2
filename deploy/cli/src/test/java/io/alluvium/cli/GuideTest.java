package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** What the texts tell people to type is what the program understands. */
class GuideTest {
  /** In a form such as {@code [--records N] [--scores real|modelled]}. */
  private static final Pattern OPTIONAL = Pattern.compile("[\\[\\]]|\\|\\w+");

  static Stream<Path> texts() {
    return Guide.texts().stream();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyCommandToTypeIsRightUsage(Path text) {
    assertThat(Guide.fenced(text))
        .allSatisfy(
            line ->
                assertThatCode(() -> CommandTree.parse(typed(line)))
                    .as("%s: alluvium %s", text, line)
                    .doesNotThrowAnyException());
  }

  /** Running words may leave out what a command needs, and put a capital letter for a number. */
  @ParameterizedTest
  @MethodSource("texts")
  void everyCommandInRunningWordsIsKnownWithItsOptions(Path text) {
    for (String line : Guide.inline(text)) {
      try {
        CommandTree.parse(typed(line));
      } catch (MissingParameterException shortened) {
        // A name is enough to speak of it.
      } catch (ParameterException unknown) {
        fail("%s: alluvium %s: %s".formatted(text, line, unknown.getMessage()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyLinkLeadsSomewhere(Path text) {
    assertThat(Guide.links(text))
        .allSatisfy(
            link -> {
              String[] parts = link.split("#", 2);
              Path file = parts[0].isEmpty() ? text : text.resolveSibling(parts[0]);
              assertThat(file).as("%s: %s", text, link).exists();
              if (parts.length == 2) {
                assertThat(Guide.anchors(file)).as("%s: %s", text, link).contains(parts[1]);
              }
            });
  }

  @Test
  void thereAreCommandsInTheTexts() {
    assertThat(texts().flatMap(text -> Guide.fenced(text).stream())).hasSizeGreaterThan(40);
    assertThat(texts().flatMap(text -> Guide.inline(text).stream())).hasSizeGreaterThan(15);
  }

  @Test
  void tableOfTheCommandLineListsEveryCommand() {
    Set<String> listed = listed(Guide.HOME.resolve("deploy/cli/README.md"));
    Set<String> there = new TreeSet<>(CommandTree.all().keySet());
    there.removeIf(name -> there.stream().anyMatch(other -> other.startsWith(name + " ")));
    assertThat(listed).containsAll(there);
  }

  @Test
  void tableOfDeployListsEveryCommand() {
    Set<String> first = new TreeSet<>();
    listed(Guide.HOME.resolve("deploy/README.md")).forEach(name -> first.add(family(name)));
    assertThat(first)
        .containsAll(CommandTree.all().keySet().stream().map(GuideTest::family).toList());
  }

  private static String family(String name) {
    return name.replaceFirst(" .*", "");
  }

  /** "policy show", then "diff": the second is of the same family. */
  private static Set<String> listed(Path text) {
    Set<String> names = new TreeSet<>();
    Set<String> known = CommandTree.all().keySet();
    for (List<String> row : Guide.firstColumns(text)) {
      String family = row.isEmpty() ? "" : family(row.get(0));
      for (String name : row) {
        names.add(known.contains(name) ? name : family + " " + name);
      }
    }
    return names;
  }

  /**
   * With the forms of grammar taken away and numbers in place of the letters that stand for them.
   */
  private static String typed(String line) {
    return OPTIONAL.matcher(line).replaceAll("").replaceAll("(?<= )[A-Z](?= |$)", "1");
  }
}
