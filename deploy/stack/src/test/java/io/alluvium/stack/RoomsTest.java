package io.alluvium.stack;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A room imports only the rooms before it. */
class RoomsTest {
  private static final String ROOT = "io.alluvium.stack";
  private static final List<String> ROOMS =
      List.of(
          ROOT + ".process",
          ROOT + ".launch",
          ROOT + ".health",
          ROOT + ".state",
          ROOT + ".supervise",
          ROOT + ".keep",
          ROOT + ".service",
          ROOT,
          ROOT + ".house",
          ROOT + ".junit",
          ROOT + ".junit.need");

  @Test
  void aRoomImportsOnlyTheRoomsBeforeIt() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    LayeredArchitecture order = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String room : ROOMS) {
      order = order.layer(room).definedBy(room);
    }
    for (int i = 0; i < ROOMS.size(); i++) {
      String[] later = ROOMS.subList(i + 1, ROOMS.size()).toArray(String[]::new);
      order =
          later.length == 0
              ? order.whereLayer(ROOMS.get(i)).mayNotBeAccessedByAnyLayer()
              : order.whereLayer(ROOMS.get(i)).mayOnlyBeAccessedByLayers(later);
    }
    order.ensureAllClassesAreContainedInArchitecture().check(classes);
  }
}
