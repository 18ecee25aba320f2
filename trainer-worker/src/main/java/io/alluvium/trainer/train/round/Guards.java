package io.alluvium.trainer.train.round;

import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What guards that which the base could do before.
 *
 * @param config what was asked for
 * @param suites that versions are measured by
 * @param anchors that hold adapters to the base
 */
record Guards(TrainerConfig config, List<RetentionSuite> suites, Anchors anchors) {
  /** One line: what is used, and from where. */
  String line() {
    return measured() + "; " + held();
  }

  private String measured() {
    return suites.isEmpty()
        ? "old skills are measured by no suite: nobody will see what is forgotten (gate.retention)"
        : suites.stream()
            .map(suite -> "%s (%d questions)".formatted(suite.skill(), suite.items().size()))
            .collect(Collectors.joining(", ", "old skills are measured by ", " of " + places()));
  }

  /** One line where the budget of exact match is less than one item of a suite; else empty. */
  Optional<String> warning() {
    double drop = config.gate().maxExactMatchDrop();
    List<String> tight =
        suites.stream()
            .filter(suite -> drop > 0 && drop * suite.items().size() < 1)
            .map(suite -> "%s (%d questions)".formatted(suite.skill(), suite.items().size()))
            .toList();
    return tight.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "gate.maxExactMatchDrop %s is less than one item of %s: not one answer that the base gets right may be lost there; give these suites more questions, or raise it"
                .formatted(drop, String.join(", ", tight)));
  }

  private String places() {
    return config.gate().retention().stream()
        .map(file -> String.valueOf(file.toAbsolutePath().getParent()))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private String held() {
    AnchorConfig asked = config.finetune().anchors();
    if (anchors.size() == 0 || asked.coefficient() == 0) {
      return "no anchors hold adapters: nothing guards what the base could do (finetune.anchors)";
    }
    String source = asked.file() == null ? "that the base generated" : "of " + asked.file();
    return "%d anchors %s hold adapters to the base".formatted(anchors.size(), source);
  }
}
