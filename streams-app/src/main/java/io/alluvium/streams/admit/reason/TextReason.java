package io.alluvium.streams.admit.reason;

import io.alluvium.streams.stage.verdict.Reason;

/** Why an example of sound form is not admitted: what its texts say. */
public enum TextReason implements Reason {
  /** Tokens over the limit. */
  TOO_MANY_TOKENS("The text has more tokens, by estimate, than admit.maxTokens."),
  /** A template was not filled in. */
  TEMPLATE_REMNANT(
      "A text holds a placeholder that was not filled in, or a string of admit.quality.remnants."),
  /** A control token. */
  SPECIAL_TOKEN(
      "A text holds a string that the base's tokenizer takes for a control token: admit.specialTokens."),
  /** A key or token. */
  SECRET_KEY("A text holds a key, a token or a private key; take it out, and revoke it."),
  /** A named secret. */
  SECRET_CREDENTIAL("A text holds a value that is named as password, secret, token or API key."),
  /** A card number. */
  PERSONAL_CARD("A text holds a payment card number with a valid check digit."),
  /** An account number. */
  PERSONAL_IBAN("A text holds an IBAN with valid check digits."),
  /** An address. */
  PERSONAL_EMAIL("A text holds an e-mail address."),
  /** A telephone number. */
  PERSONAL_PHONE("A text holds a telephone number."),
  /** Repeats itself. */
  REPETITIVE("An answer repeats itself: admit.quality.maxRun or maxRepeatedShare."),
  /** Symbols. */
  SYMBOLS("An answer is mostly symbols: admit.quality.maxSymbolShare."),
  /** Says little. */
  COMPRESSIBLE("An answer says little for its length: admit.quality.minCompressedShare."),
  /** Another language. */
  LANGUAGE("An answer is clearly in no language of admit.language.allowed."),
  /** An item of a suite. */
  SUITE_LEAK("The example holds an item of a suite that measures what was learned.");

  private final String meaning;

  TextReason(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public boolean hidesValue() {
    return switch (this) {
      case SECRET_KEY,
          SECRET_CREDENTIAL,
          PERSONAL_CARD,
          PERSONAL_IBAN,
          PERSONAL_EMAIL,
          PERSONAL_PHONE ->
          true;
      default -> false;
    };
  }
}
