package io.alluvium.streams.admit.secret;

import java.util.List;
import java.util.SplittableRandom;

/** What drawn texts are made of: numbers of the kinds that are looked for, keys, names. */
final class DrawnParts {
  static final String DIGITS = "0123456789";
  static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static final String MIXED = UPPER + LOWER + DIGITS;
  static final String HEX = DIGITS + "abcdef";

  /** Countries of the registry, each with the length of its numbers. */
  private static final List<String> IBANS =
      List.of(
          "AD24", "AE23", "AL28", "AT20", "AZ28", "BA20", "BE16", "BG22", "BH22", "BI27", "BR29",
          "BY28", "CH21", "CR22", "CY28", "CZ24", "DE22", "DJ27", "DK18", "DO28", "EE20", "EG29",
          "ES24", "FI18", "FK18", "FO18", "FR27", "GB22", "GE22", "GI23", "GL18", "GR27", "GT28",
          "HN28", "HR21", "HU28", "IE22", "IL23", "IQ23", "IS26", "IT27", "JO30", "KW30", "KZ20",
          "LB28", "LC32", "LI21", "LT20", "LU20", "LV21", "LY25", "MC27", "MD24", "ME22", "MK19",
          "MN20", "MR27", "MT31", "MU30", "NI28", "NL18", "NO15", "OM23", "PK24", "PL28", "PS29",
          "PT25", "QA29", "RO24", "RS22", "RU33", "SA24", "SC31", "SD18", "SE24", "SI19", "SK24",
          "SM27", "SO23", "ST25", "SV28", "TL23", "TN24", "TR26", "UA29", "VA22", "VG24", "XK20",
          "YE30");

  private DrawnParts() {}

  static String marked(String secret) {
    return SecretCorpus.MARK + secret + SecretCorpus.MARK;
  }

  static String oneOf(SplittableRandom random, String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  static String some(SplittableRandom random, String from, int count) {
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < count; i++) {
      drawn.append(one(random, from));
    }
    return drawn.toString();
  }

  /** A pattern with a digit for each {@code #}. */
  static String pattern(SplittableRandom random, String pattern) {
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      drawn.append(c == '#' ? one(random, DIGITS) : c);
    }
    return drawn.toString();
  }

  private static char one(SplittableRandom random, String from) {
    return from.charAt(random.nextInt(from.length()));
  }

  static String drawnKey(SplittableRandom random, int count) {
    return some(random, UPPER, 1)
        + some(random, LOWER, 1)
        + some(random, MIXED, count - 3)
        + some(random, DIGITS, 1);
  }

  static String password(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> some(random, LOWER, 6) + some(random, DIGITS, 4);
      case 1 ->
          some(random, UPPER, 1)
              + some(random, LOWER, 5)
              + oneOf(random, "!", "#", "_", "-")
              + pattern(random, "###x");
      case 2 ->
          some(random, UPPER, 1)
              + some(random, LOWER, 4)
              + some(random, UPPER, 1)
              + some(random, LOWER, 4)
              + some(random, DIGITS, 2);
      default -> some(random, LOWER, 1) + some(random, MIXED, 14) + some(random, DIGITS, 1);
    };
  }

  static String mail(SplittableRandom random) {
    return some(random, LOWER, 3 + random.nextInt(6))
        + oneOf(random, "", ".", "_", "+")
        + some(random, LOWER + DIGITS, 4)
        + "@"
        + oneOf(random, "", "mail.", "x1.")
        + oneOf(random, "example.org", "example.com", "example.co.uk", "firma.example.de");
  }

  static String international(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> "+49 " + (150 + random.nextInt(30)) + pattern(random, " #######");
      case 1 -> pattern(random, "+49 (0)30 #######");
      case 2 -> pattern(random, "+1 (4##) ###-####");
      case 3 -> pattern(random, "+33 6 ## ## ## ##");
      case 4 -> pattern(random, "+447700######");
      case 5 -> pattern(random, "+86 138 #### ####");
      case 6 -> pattern(random, "+358 40 #######");
      default -> pattern(random, "+91-98###-#####");
    };
  }

  static String german(SplittableRandom random) {
    return oneOf(random, "030/", "0171 ", "0171-", "(030) ", "089 / ", "06221/")
        + some(random, "123456789", 1)
        + some(random, DIGITS, 6);
  }

  static String french(SplittableRandom random) {
    String separator = oneOf(random, " ", ".", "-");
    return "0"
        + (1 + random.nextInt(7))
        + separator
        + pattern(random, "4#")
        + separator
        + some(random, DIGITS, 2)
        + separator
        + some(random, DIGITS, 2)
        + separator
        + some(random, DIGITS, 2);
  }

  static String british(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> pattern(random, "020 7### ####");
      case 1 -> "07" + some(random, "456789", 1) + pattern(random, "## ######");
      default -> pattern(random, "0161 ### ####");
    };
  }

  static String american(SplittableRandom random) {
    String area = some(random, "23456789", 1) + some(random, DIGITS, 2);
    String rest = pattern(random, "###-####");
    return oneOf(
        random,
        "(" + area + ") " + rest,
        area + "-" + rest,
        area + "." + rest.replace('-', '.'),
        "1-" + area + "-" + rest);
  }

  static String sum(SplittableRandom random) {
    long one = 1_000_000_000L + random.nextInt(1_000_000_000);
    long two = 1_000_000_000L + random.nextInt(1_000_000_000);
    return one + oneOf(random, " + ", " +", "+") + two + " = " + (one + two);
  }

  static String isbn(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> pattern(random, "978-#-####-####-#");
      case 1 -> pattern(random, "978-###-#### ##-#");
      case 2 -> pattern(random, "#-###-#####-#");
      default -> pattern(random, "978 0 ### ##### #");
    };
  }

  static String expiry(SplittableRandom random) {
    return "%02d/%02d".formatted(1 + random.nextInt(12), 26 + random.nextInt(8));
  }

  static String card(SplittableRandom random, String separator) {
    String body = oneOf(random, "4", "51", "2221", "6011", "3528");
    body += some(random, DIGITS, 15 - body.length());
    return (body + CheckDigits.luhn(body)).replaceAll("(.{4})(?=.)", "$1" + separator);
  }

  /** Of any country of the registry, in digits. */
  static String iban(SplittableRandom random, String separator) {
    String country = IBANS.get(random.nextInt(IBANS.size()));
    String body = some(random, DIGITS, Integer.parseInt(country.substring(2)) - 4);
    String code = country.substring(0, 2);
    return (code + CheckDigits.iban(code, body) + body).replaceAll("(.{4})(?=.)", "$1" + separator);
  }

  static String pem(SplittableRandom random, String label) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + some(random, MIXED + "+/", 64)
        + "\n"
        + some(random, MIXED + "+/", 40)
        + "==\n-----END "
        + label
        + "-----";
  }
}
