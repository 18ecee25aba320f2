package io.alluvium.streams.admit.secret;

/**
 * What is done about each kind.
 *
 * @param key keys, tokens, private keys
 * @param credential passwords and the like
 * @param card card numbers
 * @param iban account numbers
 * @param email e-mail addresses
 * @param phone telephone numbers
 */
public record SecretConfig(
    SecretAction key,
    SecretAction credential,
    SecretAction card,
    SecretAction iban,
    SecretAction email,
    SecretAction phone) {

  /** The action for a kind. */
  public SecretAction action(SecretKind kind) {
    return switch (kind) {
      case KEY -> key;
      case CREDENTIAL -> credential;
      case CARD -> card;
      case IBAN -> iban;
      case EMAIL -> email;
      case PHONE -> phone;
    };
  }
}
