package io.alluvium.trainer.pretrain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

class RoomOrderTest {
  private static final String TRAINER = "io.alluvium.trainer.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(TRAINER + "pretrain");

  @Test
  void pretrainingSeesTheModelAndFinetuneOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            TRAINER + "claim..",
            TRAINER + "gate..",
            TRAINER + "publish..",
            TRAINER + "round..",
            TRAINER + "score..",
            TRAINER + "train..",
            TRAINER + "watch..",
            TRAINER + "worker..")
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycles() {
    SlicesRuleDefinition.slices()
        .matching(TRAINER + "pretrain.(**)")
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }
}
