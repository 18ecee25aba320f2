package io.alluvium.trainer.model.chat.jinja.python.character;

import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;

/** A text that grows, but not beyond {@link #LONGEST}. */
public final class BoundedText {
  /** Longest text or list that an expression may give, in UTF-16 units or elements. */
  public static final int LONGEST = 16 << 20;

  private final StringBuilder text = new StringBuilder();

  /** Adds a part. */
  public BoundedText add(CharSequence part) {
    check((long) text.length() + part.length());
    text.append(part);
    return this;
  }

  /** Adds a character. */
  public BoundedText add(char part) {
    return add(String.valueOf(part));
  }

  /** Adds a part so many times. */
  public BoundedText add(String part, long times) {
    check(text.length() + part.length() * Math.max(0, times));
    text.append(part.repeat((int) Math.max(0, times)));
    return this;
  }

  /** How long it is. */
  public int length() {
    return text.length();
  }

  /**
   * Refuses what would be too long.
   *
   * @throws PythonError beyond {@link #LONGEST}
   */
  public static void check(long length) {
    if (length > LONGEST) {
      throw new PythonError("the template makes a value of more than " + LONGEST + " characters");
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
