package io.alluvium.stack.junit.need;

import io.alluvium.stack.junit.Requirement;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The class needs something of the shared folder before its first test: where that is missing the
 * whole class is skipped with {@link Requirement#shared}'s line. An assumption in a set-up method
 * would leave no trace in the reports.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClassRequirement.class)
public @interface NeedsShared {
  /** What in the shared folder, a relative path. */
  String value();
}
