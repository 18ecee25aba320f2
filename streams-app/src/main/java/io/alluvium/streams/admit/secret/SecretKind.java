package io.alluvium.streams.admit.secret;

/** What is looked for. */
public enum SecretKind {
  /** A key or token of a known form, a private key, or a long string of high entropy. */
  KEY,
  /** A value that is named password, secret, token or API key. */
  CREDENTIAL,
  /** A payment card number of a known issuer with a valid Luhn check digit. */
  CARD,
  /** An account number of a known country's length with valid IBAN check digits. */
  IBAN,
  /** An e-mail address. */
  EMAIL,
  /** A telephone number in international or North American form. */
  PHONE;

  /** What stands in its place in a masked text. */
  public String mask() {
    return "[" + name() + "]";
  }
}
