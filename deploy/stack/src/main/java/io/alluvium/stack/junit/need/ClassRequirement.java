package io.alluvium.stack.junit.need;

import io.alluvium.stack.junit.Requirement;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/** Skips classes whose {@link NeedsShared} or {@link NeedsProgram} is not met. */
final class ClassRequirement implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    try {
      context.getTestClass().ifPresent(ClassRequirement::check);
      return ConditionEvaluationResult.enabled(null);
    } catch (TestAbortedException missing) {
      return ConditionEvaluationResult.disabled(missing.getMessage());
    }
  }

  private static void check(Class<?> test) {
    Optional<NeedsShared> shared = AnnotationSupport.findAnnotation(test, NeedsShared.class);
    shared.ifPresent(need -> Requirement.shared(need.value()));
    Optional<NeedsProgram> program = AnnotationSupport.findAnnotation(test, NeedsProgram.class);
    program.ifPresent(need -> Requirement.program(need.value(), need.debianPackage()));
  }
}
