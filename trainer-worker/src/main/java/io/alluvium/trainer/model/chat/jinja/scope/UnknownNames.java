package io.alluvium.trainer.model.chat.jinja.scope;

import io.alluvium.trainer.model.chat.jinja.token.SyntaxError;
import io.alluvium.trainer.model.chat.jinja.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Filters and tests that nobody knows. As in Jinja2 they are an error of the template, but within
 * an {@code if} only when they are met.
 */
public final class UnknownNames {
  private final Vocabulary vocabulary;

  /** Whether an unknown name is an error only when it is met. */
  private boolean soft;

  /** Errors, but for those that are errors when met. */
  private final List<SyntaxError> errors = new ArrayList<>();

  /** Judges by the names that there are. */
  public UnknownNames(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Reads something where unknown names are errors at once, or not. */
  public <R> R within(boolean nowSoft, Supplier<R> reading) {
    boolean before = soft;
    soft = nowSoft;
    try {
      return reading.get();
    } finally {
      soft = before;
    }
  }

  /** Complains of a filter that does not exist, unless a test of the template asks for it. */
  public void filter(Token name, String full) {
    note(vocabulary.filters(), name, "No filter named '" + full + "'.", full);
  }

  /** Complains of a test that does not exist, unless a test of the template asks for it. */
  public void test(Token name, String full) {
    note(vocabulary.tests(), name, "No test named '" + full + "'.", full);
  }

  private void note(Set<String> known, Token name, String error, String full) {
    if (!soft && !known.contains(full)) {
      errors.add(new SyntaxError(name.line(), error));
    }
  }

  /** How many there are. */
  public int count() {
    return errors.size();
  }

  /** Forgets those behind the first so many: they are errors when they are met. */
  public void forgetAfter(int count) {
    errors.subList(count, errors.size()).clear();
  }

  /** Fails when there is one. */
  public void requireNone() {
    if (!errors.isEmpty()) {
      throw errors.get(0);
    }
  }
}
