package io.alluvium.streams.admit.secret;

import com.fasterxml.jackson.annotation.JsonProperty;

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
    Action key, Action credential, Action card, Action iban, Action email, Action phone) {

  /** What is done about what is found. */
  public enum Action {
    /** Nothing. */
    @JsonProperty("pass")
    PASS,
    /** It is replaced by its kind in brackets. */
    @JsonProperty("mask")
    MASK,
    /** The example is refused. */
    @JsonProperty("reject")
    REJECT
  }

  /** The action for a kind. */
  public Action action(SecretKind kind) {
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
