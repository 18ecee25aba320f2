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
          "base",
          "claim",
          "dataset",
          "finetune",
          "need",
          "gate",
          "publish",
          "round",
          "score",
          "bench");
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
  void roundAndScoreDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(room("score"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(room("round"))
        .check(WORKER);
  }

  @Test
  void pretrainingSeesBaseAndFinetuneOnly() {
    noClasses()
        .that()
        .resideInAPackage(room("pretrain"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            room("claim"),
            room("gate"),
            room("publish"),
            room("round"),
            room("score"),
            room("watch"),
            ROOT)
        .allowEmptyShould(true)
        .check(WORKER);
  }

  @Test
  void noRoomIsWatchedFromWithin() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOMS.stream().map(RoomOrderTest::room).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(room("watch"), ROOT)
        .check(WORKER);
  }

  @Test
  void rulesKnowNeitherKafkaNorTensors() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".claim.window", ROOT + ".dataset")
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
  void onlyBaseFinetuneAndPretrainTouchTensors() {
    classes()
        .that()
        .resideInAPackage("ai.djl..")
        .should()
        .onlyHaveDependentClassesThat()
        .resideInAnyPackage(
            "ai.djl..", room("base"), room("finetune"), room("pretrain"), room("bench"))
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
