package io.alluvium.streams.admit.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Texts with what is to be found in them between two {@code ░}, and texts with nothing to find:
 * lines written by hand, and forms drawn with a seed.
 */
final class SecretCorpus {
  private static final String MARK = "░";
  private static final String DIGITS = "0123456789";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String MIXED = UPPER + LOWER + DIGITS;

  private SecretCorpus() {}

  /**
   * A text of a form.
   *
   * @param form its name
   * @param marked with what is to be found between marks
   */
  record Sample(String form, String marked) {
    String text() {
      return marked.replace(MARK, "");
    }

    /** Pairs of first character and the one after the last. */
    List<int[]> secrets() {
      List<int[]> secrets = new ArrayList<>();
      String[] parts = marked.split(MARK, -1);
      int at = 0;
      for (int i = 0; i < parts.length; i++) {
        if (i % 2 == 1) {
          secrets.add(new int[] {at, at + parts[i].length()});
        }
        at += parts[i].length();
      }
      return secrets;
    }
  }

  /** How one form is drawn. */
  private record Form(String name, Function<SplittableRandom, String> drawing) {}

  /** Lines of a file beside this class. */
  static List<Sample> written(String file) {
    return lines(file, ", written");
  }

  /** Lines of a file that was written when the rules were finished, and then mended for it. */
  static List<Sample> later(String file) {
    return lines(file, ", written later");
  }

  private static List<Sample> lines(String file, String suffix) {
    try (InputStream in =
        Objects.requireNonNull(SecretCorpus.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .map(
              line ->
                  new Sample(
                      line[0] + suffix,
                      line[1].replace("\\\\n", "\0").replace("\\n", "\n").replace("\0", "\\n")))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** So many of each form that holds something. */
  static List<Sample> secrets(long seed, int each) {
    return drawn(SECRETS, seed, each);
  }

  /** So many of each form that only looks like it. */
  static List<Sample> innocent(long seed, int each) {
    return drawn(INNOCENT, seed, each);
  }

  private static List<Sample> drawn(List<Form> forms, long seed, int each) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sample> samples = new ArrayList<>();
    for (Form form : forms) {
      for (int i = 0; i < each; i++) {
        samples.add(new Sample(form.name, form.drawing.apply(random)));
      }
    }
    return samples;
  }

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

  private static final List<Form> SECRETS =
      List.of(
          new Form("iban", r -> "pay to " + marked(iban(r, "")) + " by Friday"),
          new Form("iban, groups", r -> "IBAN: " + marked(iban(r, " ")) + "."),
          new Form("card", r -> of(r, "charged ", "Karte ", "卡号 ") + marked(card(r, ""))),
          new Form("card, groups", r -> "my card is " + marked(card(r, " ")) + ", thanks"),
          new Form(
              "card, expiry and code",
              r ->
                  marked(card(r, of(r, " ", "-", "")))
                      + " "
                      + expiry(r)
                      + " "
                      + some(r, DIGITS, 3)),
          new Form(
              "email", r -> "write to " + marked(mail(r)) + of(r, ".", " today", ", please", "")),
          new Form(
              "email, other words",
              r -> of(r, "Meine Adresse ist ", "邮箱：", "почта ") + marked(mail(r))),
          new Form("phone, +", r -> of(r, "call ", "", "tel: ", "(") + marked(international(r))),
          new Form(
              "phone, German", r -> of(r, "Tel. ", "Rufen Sie ", "Telefon: ") + marked(german(r))),
          new Form("phone, French", r -> of(r, "Appelez le ", "mon numéro : ") + marked(french(r))),
          new Form("phone, British", r -> of(r, "ring ", "on ", "phone: ") + marked(british(r))),
          new Form("phone, North American", r -> of(r, "call ", "at ", "") + marked(american(r))),
          new Form(
              "phone, East Asian",
              r ->
                  of(r, "電話 ", "TEL: ", "")
                      + marked(
                          "0"
                              + of(r, "3", "6", "90", "80")
                              + "-"
                              + some(r, DIGITS, 4)
                              + "-"
                              + some(r, DIGITS, 4))),
          new Form(
              "phone, Spanish",
              r ->
                  of(r, "llame al ", "tel. ", "móvil: ")
                      + marked(
                          of(r, "6", "7", "9")
                              + some(r, DIGITS, 2)
                              + " "
                              + some(r, DIGITS, 3)
                              + " "
                              + some(r, DIGITS, 3))),
          new Form(
              "credential, env",
              r -> of(r, "DB_PASSWORD=", "export API_KEY=", "SECRET_TOKEN=") + marked(password(r))),
          new Form(
              "credential, JSON",
              r ->
                  "{\"user\": \"ann\", \""
                      + of(r, "password", "token", "api_key")
                      + "\": \""
                      + marked(password(r))
                      + "\"}"),
          new Form(
              "credential, YAML",
              r ->
                  "db:\n  user: ann\n  "
                      + of(r, "password", "secret", "passphrase")
                      + ": "
                      + marked(password(r))
                      + "\n"),
          new Form(
              "credential, code",
              r ->
                  of(r, "password = '", "const token = '", "String secret = '").replace('\'', '"')
                      + marked(password(r))
                      + "\""),
          new Form(
              "credential, URL",
              r ->
                  of(r, "postgres", "amqp", "https")
                      + "://app:"
                      + marked(password(r))
                      + "@db.example.org/x"),
          new Form(
              "credential, sentence",
              r -> of(r, "the password is ", "Das Passwort: ", "密码：") + marked(password(r))),
          new Form(
              "key, AWS", r -> "key " + marked("AKIA" + some(r, UPPER, 8) + some(r, "234567", 8))),
          new Form(
              "key, GitHub", r -> "use " + marked(of(r, "ghp_", "gho_", "ghs_") + drawnKey(r, 36))),
          new Form(
              "key, Slack",
              r -> "bot " + marked("xoxb-" + some(r, DIGITS, 12) + "-" + drawnKey(r, 24))),
          new Form("key, Google", r -> "maps " + marked("AIza" + drawnKey(r, 35))),
          new Form(
              "key, Stripe",
              r -> "pay " + marked(of(r, "sk_live_", "rk_live_", "sk_test_") + drawnKey(r, 24))),
          new Form("key, npm and PyPI", r -> marked(of(r, "npm_", "pypi-") + drawnKey(r, 50))),
          new Form("key, OpenAI", r -> marked(of(r, "sk-", "sk-proj-") + drawnKey(r, 40))),
          new Form(
              "key, JWT",
              r ->
                  "jwt "
                      + marked(
                          "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI"
                              + some(r, MIXED, 9)
                              + "."
                              + some(r, MIXED + "-_", 42)
                              + "a")),
          new Form("key, random", r -> "sign in with " + marked(drawnKey(r, 40))),
          new Form(
              "key, two PEM blocks",
              r ->
                  "a\n"
                      + marked(pem(r, "RSA PRIVATE KEY"))
                      + "\nand\n"
                      + marked(pem(r, "PRIVATE KEY"))),
          new Form("key, PGP", r -> marked(pem(r, "PGP PRIVATE KEY BLOCK"))));

  private static final List<Form> INNOCENT =
      List.of(
          new Form(
              "email, scp",
              r ->
                  "scp a.txt "
                      + some(r, LOWER, 5)
                      + "@"
                      + some(r, LOWER, 6)
                      + ".example.org:"
                      + of(r, "/srv/", "~/", "dir/")),
          new Form(
              "email, git",
              r ->
                  "git clone git@"
                      + some(r, LOWER, 6)
                      + ".example.com:"
                      + some(r, LOWER, 5)
                      + "/"
                      + some(r, LOWER, 4)
                      + ".git"),
          new Form(
              "email, package",
              r ->
                  some(r, LOWER, 6)
                      + "@"
                      + r.nextInt(9)
                      + "."
                      + r.nextInt(20)
                      + ".0-"
                      + of(r, "rc.next", "beta.canary", "alpha")),
          new Form(
              "email, decorator",
              r -> "@" + some(r, LOWER, 5) + "." + some(r, LOWER, 6) + "\ndef f(): pass"),
          new Form("phone, sum", r -> sum(r)),
          new Form(
              "phone, signed",
              r ->
                  "-"
                      + r.nextInt(9)
                      + " +"
                      + (100_000_000L + r.nextInt(900_000_000))
                      + " = +"
                      + r.nextInt(99_999_999)),
          new Form("phone, ISBN", r -> "ISBN " + isbn(r)),
          new Form(
              "phone, code",
              r ->
                  of(r, "int n = ", "id=", "x := ", "return ")
                      + (1_000_000_000L + r.nextInt(2_000_000_000))
                      + ";"),
          new Form(
              "phone, operands",
              r ->
                  "a = "
                      + (200 + r.nextInt(700))
                      + "-"
                      + (200 + r.nextInt(700))
                      + "-"
                      + (1000 + r.nextInt(9000))
                      + ";"),
          new Form(
              "phone, version",
              r -> "release v" + r.nextInt(30) + "." + r.nextInt(99) + "." + r.nextInt(9999)),
          new Form(
              "phone, time",
              r ->
                  "at "
                      + (1_500_000_000_000L + r.nextLong(300_000_000_000L))
                      + " and 0"
                      + (1 + r.nextInt(9))
                      + "-11-2026 12:"
                      + (10 + r.nextInt(50))),
          new Form(
              "phone, address",
              r ->
                  "host "
                      + r.nextInt(256)
                      + "."
                      + r.nextInt(256)
                      + "."
                      + r.nextInt(256)
                      + "."
                      + r.nextInt(256)
                      + ":8080"),
          new Form(
              "phone, table",
              r ->
                  (10 + r.nextInt(90))
                      + " "
                      + (10 + r.nextInt(90))
                      + " "
                      + (100 + r.nextInt(900))
                      + " "
                      + (10 + r.nextInt(90))
                      + "\n0."
                      + some(r, DIGITS, 4)
                      + " 0."
                      + some(r, DIGITS, 4)),
          new Form(
              "card, number",
              r -> "order 7" + some(r, DIGITS, 15) + " of EAN 400" + some(r, DIGITS, 4)),
          new Form(
              "card, rows",
              r ->
                  "4"
                      + some(r, DIGITS, 1)
                      + " "
                      + some(r, DIGITS, 2)
                      + " "
                      + some(r, DIGITS, 2)
                      + " "
                      + some(r, DIGITS, 2)
                      + " "
                      + some(r, DIGITS, 2)
                      + " "
                      + some(r, DIGITS, 2)
                      + " "
                      + some(r, DIGITS, 2)
                      + " "
                      + some(r, DIGITS, 2)),
          new Form(
              "iban, look-alike",
              r -> "part " + of(r, "GB", "DE", "FR") + "00" + some(r, DIGITS, 18)),
          new Form(
              "key, digest",
              r ->
                  of(r, "sha256:", "commit ", "etag ")
                      + some(r, "0123456789abcdef", of(r, "aa", "b").length() == 2 ? 64 : 40)),
          new Form("key, integrity", r -> "sha512-" + some(r, MIXED + "+/", 86) + "=="),
          new Form(
              "key, class",
              r ->
                  "Abstract"
                      + of(r, "Singleton", "Retrying", "Buffered")
                      + "ProxyFactoryBeanImplementation"
                      + r.nextInt(20)),
          new Form(
              "key, UUID",
              r ->
                  some(r, "0123456789abcdef", 8)
                      + "-"
                      + some(r, "0123456789abcdef", 4)
                      + "-4"
                      + some(r, "0123456789abcdef", 3)
                      + "-a"
                      + some(r, "0123456789abcdef", 3)
                      + "-"
                      + some(r, "0123456789abcdef", 12)),
          new Form(
              "key, public",
              r -> pem(r, of(r, "CERTIFICATE", "PUBLIC KEY", "PGP PUBLIC KEY BLOCK"))),
          new Form(
              "credential, call",
              r ->
                  of(r, "token", "secret", "password")
                      + " = "
                      + of(r, "secrets.token_hex(", "generate(", "os.urandom(", "rng.next_u64(")
                      + (10 + r.nextInt(90))
                      + ")"),
          new Form(
              "credential, lookup",
              r ->
                  of(r, "token", "api_key")
                      + of(r, " = ", ": ")
                      + of(r, "os.environ['KEY_", "config['k", "cfg.get('k")
                      + r.nextInt(99)
                      + "']"),
          new Form(
              "credential, variable",
              r ->
                  of(r, "PASSWORD=", "token: ")
                      + of(r, "${DB_PW_", "$KEY_", "{{ pw_", "<key-")
                      + r.nextInt(99)
                      + of(r, "}", "}}", ">")));

  private static String marked(String secret) {
    return MARK + secret + MARK;
  }

  private static String of(SplittableRandom random, String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private static String some(SplittableRandom random, String from, int count) {
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < count; i++) {
      drawn.append(from.charAt(random.nextInt(from.length())));
    }
    return drawn.toString();
  }

  private static String drawnKey(SplittableRandom random, int count) {
    return some(random, UPPER, 1)
        + some(random, LOWER, 1)
        + some(random, MIXED, count - 3)
        + some(random, DIGITS, 1);
  }

  private static String password(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> some(random, LOWER, 6) + some(random, DIGITS, 4);
      case 1 ->
          some(random, UPPER, 1)
              + some(random, LOWER, 5)
              + of(random, "!", "#", "_", "-")
              + some(random, DIGITS, 3)
              + "x";
      case 2 ->
          some(random, UPPER, 1)
              + some(random, LOWER, 4)
              + some(random, UPPER, 1)
              + some(random, LOWER, 4)
              + some(random, DIGITS, 2);
      default -> some(random, LOWER, 1) + some(random, MIXED, 14) + some(random, DIGITS, 1);
    };
  }

  private static String mail(SplittableRandom random) {
    return some(random, LOWER, 3 + random.nextInt(6))
        + of(random, "", ".", "_", "+")
        + some(random, LOWER + DIGITS, 4)
        + "@"
        + of(random, "", "mail.", "x1.")
        + of(random, "example.org", "example.com", "example.co.uk", "firma.example.de");
  }

  private static String international(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> "+49 " + (150 + random.nextInt(30)) + " " + some(random, DIGITS, 7);
      case 1 -> "+49 (0)30 " + some(random, DIGITS, 7);
      case 2 ->
          "+1 (4"
              + some(random, DIGITS, 2)
              + ") "
              + some(random, DIGITS, 3)
              + "-"
              + some(random, DIGITS, 4);
      case 3 ->
          "+33 6 "
              + some(random, DIGITS, 2)
              + " "
              + some(random, DIGITS, 2)
              + " "
              + some(random, DIGITS, 2)
              + " "
              + some(random, DIGITS, 2);
      case 4 -> "+447700" + some(random, DIGITS, 6);
      case 5 -> "+86 138 " + some(random, DIGITS, 4) + " " + some(random, DIGITS, 4);
      case 6 -> "+358 40 " + some(random, DIGITS, 7);
      default -> "+91-98" + some(random, DIGITS, 3) + "-" + some(random, DIGITS, 5);
    };
  }

  private static String german(SplittableRandom random) {
    return of(random, "030/", "0171 ", "0171-", "(030) ", "089 / ", "06221/")
        + some(random, "123456789", 1)
        + some(random, DIGITS, 6);
  }

  private static String french(SplittableRandom random) {
    String separator = of(random, " ", ".", "-");
    return "0"
        + (1 + random.nextInt(7))
        + separator
        + "4"
        + some(random, DIGITS, 1)
        + separator
        + some(random, DIGITS, 2)
        + separator
        + some(random, DIGITS, 2)
        + separator
        + some(random, DIGITS, 2);
  }

  private static String british(SplittableRandom random) {
    return switch (random.nextInt(3)) {
      case 0 -> "020 7" + some(random, DIGITS, 3) + " " + some(random, DIGITS, 4);
      case 1 ->
          "07"
              + some(random, "456789", 1)
              + some(random, DIGITS, 2)
              + " "
              + some(random, DIGITS, 6);
      default -> "0161 " + some(random, DIGITS, 3) + " " + some(random, DIGITS, 4);
    };
  }

  private static String american(SplittableRandom random) {
    String area = some(random, "23456789", 1) + some(random, DIGITS, 2);
    String rest = some(random, DIGITS, 3) + "-" + some(random, DIGITS, 4);
    return of(
        random,
        "(" + area + ") " + rest,
        area + "-" + rest,
        area + "." + rest.replace('-', '.'),
        "1-" + area + "-" + rest);
  }

  private static String sum(SplittableRandom random) {
    long one = 1_000_000_000L + random.nextInt(1_000_000_000);
    long two = 1_000_000_000L + random.nextInt(1_000_000_000);
    return one + of(random, " + ", " +", "+") + two + " = " + (one + two);
  }

  private static String isbn(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 ->
          "978-"
              + random.nextInt(10)
              + "-"
              + some(random, DIGITS, 4)
              + "-"
              + some(random, DIGITS, 4)
              + "-"
              + random.nextInt(10);
      case 1 ->
          "978-"
              + some(random, DIGITS, 3)
              + "-"
              + some(random, DIGITS, 4)
              + " "
              + some(random, DIGITS, 2)
              + "-"
              + random.nextInt(10);
      case 2 ->
          random.nextInt(10)
              + "-"
              + some(random, DIGITS, 3)
              + "-"
              + some(random, DIGITS, 5)
              + "-"
              + random.nextInt(10);
      default ->
          "978 0 "
              + some(random, DIGITS, 3)
              + " "
              + some(random, DIGITS, 5)
              + " "
              + random.nextInt(10);
    };
  }

  private static String expiry(SplittableRandom random) {
    return "%02d/%02d".formatted(1 + random.nextInt(12), 26 + random.nextInt(8));
  }

  private static String card(SplittableRandom random, String separator) {
    String body = of(random, "4", "51", "2221", "6011", "3528");
    body += some(random, DIGITS, 15 - body.length());
    return (body + luhn(body)).replaceAll("(.{4})(?=.)", "$1" + separator);
  }

  private static int luhn(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int value = body.charAt(i) - '0';
      sum += i % 2 == 0 ? value * 2 / 10 + value * 2 % 10 : value;
    }
    return (10 - sum % 10) % 10;
  }

  /** Of any country of the registry, in digits. */
  private static String iban(SplittableRandom random, String separator) {
    String country = IBANS.get(random.nextInt(IBANS.size()));
    String body = some(random, DIGITS, Integer.parseInt(country.substring(2)) - 4);
    String letters = (country.charAt(0) - 'A' + 10) + "" + (country.charAt(1) - 'A' + 10);
    int remainder = 0;
    for (char digit : (body + letters + "00").toCharArray()) {
      remainder = (remainder * 10 + digit - '0') % 97;
    }
    return (country.substring(0, 2) + "%02d".formatted(98 - remainder) + body)
        .replaceAll("(.{4})(?=.)", "$1" + separator);
  }

  private static String pem(SplittableRandom random, String label) {
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
