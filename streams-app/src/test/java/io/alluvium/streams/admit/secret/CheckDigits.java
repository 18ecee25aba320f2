package io.alluvium.streams.admit.secret;

/** The digits that make a drawn number a valid one, counted without the rules that are tested. */
final class CheckDigits {
  private CheckDigits() {}

  /** The digit that makes a card number of fifteen digits before it. */
  static int luhn(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int value = body.charAt(i) - '0';
      sum += i % 2 == 0 ? value * 2 / 10 + value * 2 % 10 : value;
    }
    return (10 - sum % 10) % 10;
  }

  /**
   * The two digits between country and account of an IBAN (ISO 13616).
   *
   * @param country two capitals
   * @param body digits
   */
  static String iban(String country, String body) {
    String letters = (country.charAt(0) - 'A' + 10) + "" + (country.charAt(1) - 'A' + 10);
    int remainder = 0;
    for (char digit : (body + letters + "00").toCharArray()) {
      remainder = (remainder * 10 + digit - '0') % 97;
    }
    return "%02d".formatted(98 - remainder);
  }
}
