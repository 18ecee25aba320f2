package io.alluvium.streams.admit.secret;

import static io.alluvium.streams.admit.secret.DrawnParts.HEX;
import static io.alluvium.streams.admit.secret.DrawnParts.LOWER;
import static io.alluvium.streams.admit.secret.DrawnParts.MIXED;
import static io.alluvium.streams.admit.secret.DrawnParts.UPPER;
import static io.alluvium.streams.admit.secret.DrawnParts.american;
import static io.alluvium.streams.admit.secret.DrawnParts.british;
import static io.alluvium.streams.admit.secret.DrawnParts.card;
import static io.alluvium.streams.admit.secret.DrawnParts.drawnKey;
import static io.alluvium.streams.admit.secret.DrawnParts.expiry;
import static io.alluvium.streams.admit.secret.DrawnParts.french;
import static io.alluvium.streams.admit.secret.DrawnParts.german;
import static io.alluvium.streams.admit.secret.DrawnParts.iban;
import static io.alluvium.streams.admit.secret.DrawnParts.international;
import static io.alluvium.streams.admit.secret.DrawnParts.isbn;
import static io.alluvium.streams.admit.secret.DrawnParts.mail;
import static io.alluvium.streams.admit.secret.DrawnParts.marked;
import static io.alluvium.streams.admit.secret.DrawnParts.oneOf;
import static io.alluvium.streams.admit.secret.DrawnParts.password;
import static io.alluvium.streams.admit.secret.DrawnParts.pattern;
import static io.alluvium.streams.admit.secret.DrawnParts.pem;
import static io.alluvium.streams.admit.secret.DrawnParts.some;
import static io.alluvium.streams.admit.secret.DrawnParts.sum;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Forms in which secrets and personal data stand in texts, and forms that only look like them. */
final class SecretForms {
  private SecretForms() {}

  /**
   * How one form is drawn.
   *
   * @param name kind, and the form where it has several
   * @param drawing a text; what is to be found stands between marks
   */
  record Form(String name, Function<SplittableRandom, String> drawing) {}

  static final List<Form> SECRETS =
      List.of(
          new Form("iban", r -> "pay to " + marked(iban(r, "")) + " by Friday"),
          new Form("iban, groups", r -> "IBAN: " + marked(iban(r, " ")) + "."),
          new Form("card", r -> oneOf(r, "charged ", "Karte ", "卡号 ") + marked(card(r, ""))),
          new Form("card, groups", r -> "my card is " + marked(card(r, " ")) + ", thanks"),
          new Form(
              "card, expiry and code",
              r -> marked(card(r, oneOf(r, " ", "-", ""))) + " " + expiry(r) + pattern(r, " ###")),
          new Form(
              "email",
              r -> "write to " + marked(mail(r)) + oneOf(r, ".", " today", ", please", "")),
          new Form(
              "email, other words",
              r -> oneOf(r, "Meine Adresse ist ", "邮箱：", "почта ") + marked(mail(r))),
          new Form("phone, +", r -> oneOf(r, "call ", "", "tel: ", "(") + marked(international(r))),
          new Form(
              "phone, German",
              r -> oneOf(r, "Tel. ", "Rufen Sie ", "Telefon: ") + marked(german(r))),
          new Form(
              "phone, French", r -> oneOf(r, "Appelez le ", "mon numéro : ") + marked(french(r))),
          new Form("phone, British", r -> oneOf(r, "ring ", "on ", "phone: ") + marked(british(r))),
          new Form(
              "phone, North American", r -> oneOf(r, "call ", "at ", "") + marked(american(r))),
          new Form(
              "phone, East Asian",
              r ->
                  oneOf(r, "電話 ", "TEL: ", "")
                      + marked("0" + oneOf(r, "3", "6", "90", "80") + pattern(r, "-####-####"))),
          new Form(
              "phone, Spanish",
              r ->
                  oneOf(r, "llame al ", "tel. ", "móvil: ")
                      + marked(oneOf(r, "6", "7", "9") + pattern(r, "## ### ###"))),
          new Form(
              "credential, env",
              r ->
                  oneOf(r, "DB_PASSWORD=", "export API_KEY=", "SECRET_TOKEN=")
                      + marked(password(r))),
          new Form(
              "credential, JSON",
              r ->
                  "{\"user\": \"ann\", \""
                      + oneOf(r, "password", "token", "api_key")
                      + "\": \""
                      + marked(password(r))
                      + "\"}"),
          new Form(
              "credential, YAML",
              r ->
                  "db:\n  user: ann\n  "
                      + oneOf(r, "password", "secret", "passphrase")
                      + ": "
                      + marked(password(r))
                      + "\n"),
          new Form(
              "credential, code",
              r ->
                  oneOf(r, "password = '", "const token = '", "String secret = '")
                          .replace('\'', '"')
                      + marked(password(r))
                      + "\""),
          new Form(
              "credential, URL",
              r ->
                  oneOf(r, "postgres", "amqp", "https")
                      + "://app:"
                      + marked(password(r))
                      + "@db.example.org/x"),
          new Form(
              "credential, sentence",
              r -> oneOf(r, "the password is ", "Das Passwort: ", "密码：") + marked(password(r))),
          new Form(
              "key, AWS", r -> "key " + marked("AKIA" + some(r, UPPER, 8) + some(r, "234567", 8))),
          new Form(
              "key, GitHub",
              r -> "use " + marked(oneOf(r, "ghp_", "gho_", "ghs_") + drawnKey(r, 36))),
          new Form(
              "key, Slack",
              r -> "bot " + marked(pattern(r, "xoxb-############-") + drawnKey(r, 24))),
          new Form("key, Google", r -> "maps " + marked("AIza" + drawnKey(r, 35))),
          new Form(
              "key, Stripe",
              r -> "pay " + marked(oneOf(r, "sk_live_", "rk_live_", "sk_test_") + drawnKey(r, 24))),
          new Form("key, npm and PyPI", r -> marked(oneOf(r, "npm_", "pypi-") + drawnKey(r, 50))),
          new Form("key, OpenAI", r -> marked(oneOf(r, "sk-", "sk-proj-") + drawnKey(r, 40))),
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

  static final List<Form> INNOCENT =
      List.of(
          new Form(
              "email, scp",
              r ->
                  "scp a.txt "
                      + some(r, LOWER, 5)
                      + "@"
                      + some(r, LOWER, 6)
                      + ".example.org:"
                      + oneOf(r, "/srv/", "~/", "dir/")),
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
                      + oneOf(r, "rc.next", "beta.canary", "alpha")),
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
                  oneOf(r, "int n = ", "id=", "x := ", "return ")
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
                      + pattern(r, "\n0.#### 0.####")),
          new Form("card, number", r -> pattern(r, "order 7############### of EAN 400####")),
          new Form("card, rows", r -> pattern(r, "4# ## ## ## ## ## ## ##")),
          new Form(
              "iban, look-alike",
              r -> "part " + oneOf(r, "GB", "DE", "FR") + pattern(r, "00##################")),
          new Form(
              "key, digest",
              r ->
                  oneOf(r, "sha256:", "commit ", "etag ")
                      + some(r, HEX, oneOf(r, "aa", "b").length() == 2 ? 64 : 40)),
          new Form("key, integrity", r -> "sha512-" + some(r, MIXED + "+/", 86) + "=="),
          new Form(
              "key, class",
              r ->
                  "Abstract"
                      + oneOf(r, "Singleton", "Retrying", "Buffered")
                      + "ProxyFactoryBeanImplementation"
                      + r.nextInt(20)),
          new Form(
              "key, UUID",
              r ->
                  some(r, HEX, 8)
                      + "-"
                      + some(r, HEX, 4)
                      + "-4"
                      + some(r, HEX, 3)
                      + "-a"
                      + some(r, HEX, 3)
                      + "-"
                      + some(r, HEX, 12)),
          new Form(
              "key, public",
              r -> pem(r, oneOf(r, "CERTIFICATE", "PUBLIC KEY", "PGP PUBLIC KEY BLOCK"))),
          new Form(
              "credential, call",
              r ->
                  oneOf(r, "token", "secret", "password")
                      + " = "
                      + oneOf(r, "secrets.token_hex(", "generate(", "os.urandom(", "rng.next_u64(")
                      + (10 + r.nextInt(90))
                      + ")"),
          new Form(
              "credential, lookup",
              r ->
                  oneOf(r, "token", "api_key")
                      + oneOf(r, " = ", ": ")
                      + oneOf(r, "os.environ['KEY_", "config['k", "cfg.get('k")
                      + r.nextInt(99)
                      + "']"),
          new Form(
              "credential, variable",
              r ->
                  oneOf(r, "PASSWORD=", "token: ")
                      + oneOf(r, "${DB_PW_", "$KEY_", "{{ pw_", "<key-")
                      + r.nextInt(99)
                      + oneOf(r, "}", "}}", ">")));
}
