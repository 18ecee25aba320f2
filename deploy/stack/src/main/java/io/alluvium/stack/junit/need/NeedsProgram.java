package io.alluvium.stack.junit.need;

import io.alluvium.stack.junit.Requirement;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The class needs a program before its first test: where that is missing the whole class is skipped
 * with {@link Requirement#program}'s line.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClassRequirement.class)
public @interface NeedsProgram {
  /** As typed. */
  String value();

  /** Where it is from. */
  String debianPackage();
}
