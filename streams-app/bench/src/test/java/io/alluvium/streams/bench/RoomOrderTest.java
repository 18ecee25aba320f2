package io.alluvium.streams.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A room knows the rooms before it and no others; the application knows none of them. */
class RoomOrderTest {
  private static final String ROOT = "io.alluvium.streams.";

  /** In flow order. */
  private static final List<String> ROOMS =
      List.of(
          "rehearse",
          "bench.planted.task",
          "bench.planted.text",
          "bench.planted.stream",
          "bench.planted.score",
          "bench.planted.outcome",
          "bench.planted.measure",
          "bench.planted",
          "bench.speed.load",
          "bench.speed.measure",
          "bench.speed");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages(ROOT + "rehearse", ROOT + "bench");

  @Test
  void aRoomImportsOnlyRoomsBeforeIt() {
    IntStream.range(0, ROOMS.size() - 1)
        .forEach(
            i ->
                noClasses()
                    .that()
                    .resideInAPackage(ROOT + ROOMS.get(i))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(after(i))
                    .check(CLASSES));
  }

  @Test
  void everyPackageIsARoomOfTheList() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .allMatch(name -> ROOMS.contains(name.substring(ROOT.length())));
  }

  private static String[] after(int i) {
    return ROOMS.stream().skip(i + 1L).map(room -> ROOT + room).toArray(String[]::new);
  }
}
