package io.alluvium.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A room knows the rooms before it and no others. */
class RoomOrderTest {
  private static final String ROOT = "io.alluvium.streams";

  /** The package above the rooms, which puts them together. */
  private static final String STORY = "";

  /** In flow order. */
  private static final List<String> ROOMS =
      List.of(
          "wire", "watch", "store", "policy", "stage", "command", "intake", "admit", "dedup",
          "novelty", "hold", "replay", "route", "weigh", "run", "config", STORY);

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

  @Test
  void aRoomImportsOnlyRoomsBeforeIt() {
    IntStream.range(0, ROOMS.size())
        .forEach(
            i ->
                noClasses()
                    .that()
                    .resideInAPackage(room(ROOMS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(after(i))
                    .allowEmptyShould(true)
                    .check(CLASSES));
  }

  @Test
  void everyPackageIsARoomOfTheList() {
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .allMatch(name -> name.equals(ROOT) || ROOMS.contains(firstBelowRoot(name)));
  }

  @Test
  void rulesAreFreeOfKafka() {
    classes()
        .that()
        .haveNameMatching(
            ".*\\.(Layout|LayoutRule|Position|PolicyForm|PolicyBook|EffectivePolicy|YamlLayers|AdmitRules|ContentRules|NormalText|Fingerprint|Block|FingerprintIndex|Weight|WeighPolicy|SampleGuard|Temperature|MedianSketch|LaneRule|Budget|Selection|TargetText|ReviewAnswer|Interleaving|Reservoir|QuestionHash|KeptExample|StableHash|Erasure|ClassRule|Observation|NgramTable|TextFeatures|Direction|Prototypes|Calibration|Hardness|Cusum)")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("org.apache.kafka..", "io.micrometer..")
        .check(CLASSES);
  }

  private static String firstBelowRoot(String name) {
    String below = name.substring(ROOT.length() + 1) + ".";
    return below.substring(0, below.indexOf('.'));
  }

  private static String room(String name) {
    return name.equals(STORY) ? ROOT : ROOT + "." + name + "..";
  }

  private static String[] after(int i) {
    return Stream.concat(
            ROOMS.stream().skip(i + 1L).map(RoomOrderTest::room), Stream.of(ROOT + ".nowhere"))
        .toArray(String[]::new);
  }
}
