package io.alluvium.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rooms stand in flow order; each sees only those before it. */
class RoomOrderTest {
  private static final List<String> ROOMS =
      List.of(
          "line",
          "model",
          "adapter",
          "program",
          "decoder",
          "claim",
          "dataset",
          "finetune",
          "need",
          "gate",
          "publish",
          "round",
          "watch",
          "worker",
          "train",
          "score",
          "rederive");
  private static final String ROOT = "io.alluvium.trainer";

  private static final JavaClasses WORKER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT, "ai.djl.pytorch.jni");

  @TestFactory
  List<DynamicTest> aRoomImportsOnlyRoomsBeforeIt() {
    return ROOMS.stream().map(room -> DynamicTest.dynamicTest(room, () -> check(room))).toList();
  }

  @Test
  void theRolesDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(room("score"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(room("train"), room("round"))
        .check(WORKER);
  }

  @Test
  void noRoomIsWatchedFromWithin() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOMS.subList(0, ROOMS.indexOf("watch")).stream()
                .map(RoomOrderTest::room)
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(room("watch"), ROOT)
        .check(WORKER);
  }

  @Test
  void rulesKnowNeitherKafkaNorTensors() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".claim.queue", ROOT + ".claim.window", ROOT + ".dataset")
        .or()
        .haveFullyQualifiedName(ROOT + ".gate.Gate")
        .or()
        .haveFullyQualifiedName(ROOT + ".gate.GainBound")
        .or()
        .haveFullyQualifiedName(ROOT + ".publish.lineage.AdapterLine")
        .or()
        .haveFullyQualifiedName(ROOT + ".publish.lineage.Lineage")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "ai.djl..")
        .check(WORKER);
  }

  @Test
  void onlyTheModelAndItsTrainingTouchTensors() {
    classes()
        .that()
        .resideInAPackage("ai.djl..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage(
            "ai.djl..",
            room("model"),
            room("adapter"),
            room("program"),
            room("decoder"),
            room("finetune"))
        .check(WORKER);
  }

  @Test
  void packagesFormNoCycles() {
    SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(WORKER);
  }

  private void check(String room) {
    String[] later =
        ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size()).stream()
            .map(RoomOrderTest::room)
            .toArray(String[]::new);
    if (later.length > 0) {
      noClasses()
          .that()
          .resideInAPackage(room(room))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .check(WORKER);
    }
  }

  private static String room(String name) {
    return ROOT + "." + name + "..";
  }
}
