package io.alluvium.streams.bench.planted;

import java.util.SplittableRandom;

/** Secrets that nobody has, and strings that only look like some. */
final class Secrets {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private Secrets() {}

  /** A key, a credential, a card, an account, an address or a telephone number. */
  static String secret(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> "ghp_7" + drawn(random, LETTERS, 35);
      case 1 -> "password: " + drawn(random, LETTERS, 8) + random.nextInt(10);
      case 2 -> card(random);
      case 3 -> account(random);
      case 4 -> drawn(random, "abcdefgh", 6) + "@example.org";
      default -> "+49 30 " + digits(random, 7);
    };
  }

  /** A digest, an order number, a date and time, or a version. */
  static String decoy(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> drawn(random, "0123456789abcdef", 40);
      case 1 -> "order 7" + digits(random, 15);
      case 2 -> "2026-11-2" + random.nextInt(10) + " 12:" + (10 + random.nextInt(50)) + ":00";
      default -> "v" + random.nextInt(10) + "." + random.nextInt(100) + "." + random.nextInt(100);
    };
  }

  private static String card(SplittableRandom random) {
    String body = "4" + digits(random, 14);
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int value = body.charAt(i) - '0';
      sum += i % 2 == 0 ? value * 2 / 10 + value * 2 % 10 : value;
    }
    return body + (10 - sum % 10) % 10;
  }

  private static String account(SplittableRandom random) {
    String body = digits(random, 18);
    long remainder = 0;
    for (char digit : (body + "131400").toCharArray()) {
      remainder = (remainder * 10 + digit - '0') % 97;
    }
    return "DE%02d%s".formatted(98 - remainder, body);
  }

  private static String digits(SplittableRandom random, int count) {
    return drawn(random, "0123456789", count);
  }

  private static String drawn(SplittableRandom random, String from, int count) {
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < count; i++) {
      drawn.append(from.charAt(random.nextInt(from.length())));
    }
    return drawn.toString();
  }
}
