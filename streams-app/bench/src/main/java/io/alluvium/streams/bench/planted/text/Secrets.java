package io.alluvium.streams.bench.planted.text;

import io.alluvium.streams.bench.planted.task.Words;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Secrets that nobody has, as they stand in configurations, logs and letters, and strings that only
 * look like some.
 */
public final class Secrets {
  private static final String DIGITS = "0123456789";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String HEX = DIGITS + "abcdef";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String MIXED = UPPER + LOWER + DIGITS;

  private Secrets() {}

  /**
   * A sentence around something.
   *
   * @param form kind/form
   * @param text the sentence
   */
  public record Sentence(String form, String text) {}

  /** How one form is drawn. */
  private record Form(String name, Function<SplittableRandom, String> drawing) {
    Sentence sentence(SplittableRandom random) {
      return new Sentence(name, drawing.apply(random));
    }
  }

  private static final List<Form> SECRETS =
      List.of(
          new Form("key/aws", r -> "AWS_ACCESS_KEY_ID=AKIA" + drawn(r, UPPER + "234567", 16)),
          new Form("key/github", r -> "git clone with ghp_" + withDigit(r, 36)),
          new Form("key/openai", r -> "client = Client(key='sk-" + withDigit(r, 48) + "')"),
          new Form("key/slack", r -> "bot: xoxb-" + digits(r, 12) + "-" + withDigit(r, 24)),
          new Form("key/jwt", r -> "Authorization: Bearer " + jwt(r)),
          new Form("key/pem", r -> pem(r)),
          new Form("key/random", r -> "use " + withDigit(r, 40) + " to sign in"),
          new Form("credential/env", r -> "DB_PASSWORD=" + password(r)),
          new Form(
              "credential/json", r -> "{\"user\": \"ann\", \"password\": \"" + password(r) + "\"}"),
          new Form(
              "credential/yaml", r -> "api_key: " + drawn(r, LOWER + DIGITS, 15) + digits(r, 1)),
          new Form("credential/url", r -> "postgres://app:" + password(r) + "@db.internal/orders"),
          new Form("credential/sentence", r -> "the password is " + password(r)),
          new Form("card/plain", r -> "charged " + card(r, "") + " today"),
          new Form("card/groups", r -> "my visa is " + card(r, " ") + ", valid to 11/29"),
          new Form("card/hyphens", r -> "card " + card(r, "-")),
          new Form("iban/plain", r -> "pay to " + iban(r, "")),
          new Form("iban/groups", r -> "IBAN: " + iban(r, " ") + "."),
          new Form("email/plain", r -> "write to " + drawn(r, LOWER, 7) + "@example.org"),
          new Form(
              "email/tagged",
              r ->
                  "<"
                      + drawn(r, LOWER, 4)
                      + "."
                      + drawn(r, LOWER, 6)
                      + "+shop@mail.example.co.uk>"),
          new Form("phone/international", r -> "call +49 30 " + digits(r, 7)),
          new Form("phone/northAmerican", r -> "call (555) " + digits(r, 3) + "-" + digits(r, 4)),
          new Form("phone/national", r -> "call 030/" + digits(r, 7)));

  private static final List<Form> LOOKALIKES =
      List.of(
          new Form("sha1", r -> "commit " + drawn(r, HEX, 40)),
          new Form("sha256", r -> "sha256:" + drawn(r, HEX, 64)),
          new Form("uuid", r -> "request " + uuid(r)),
          new Form("order", r -> "order 7" + digits(r, 15)),
          new Form("tracking", r -> "parcel 1Z" + drawn(r, UPPER + DIGITS, 16)),
          new Form(
              "ip",
              r ->
                  "host 10."
                      + r.nextInt(256)
                      + "."
                      + r.nextInt(256)
                      + "."
                      + r.nextInt(256)
                      + ":8080"),
          new Form(
              "version",
              r ->
                  "release v" + r.nextInt(9) + "." + r.nextInt(99) + "." + r.nextInt(99) + "-rc.1"),
          new Form(
              "time",
              r -> "at 2026-11-2" + r.nextInt(10) + "T12:" + (10 + r.nextInt(50)) + ":00.000Z"),
          new Form("wrongCard", r -> "sample number " + wrongCard(r)),
          new Form("wrongIban", r -> "sample account DE00" + digits(r, 18)),
          new Form(
              "isbn",
              r ->
                  "ISBN 978-"
                      + r.nextInt(10)
                      + "-"
                      + digits(r, 4)
                      + "-"
                      + digits(r, 4)
                      + "-"
                      + r.nextInt(10)),
          new Form("place", r -> "at +48." + digits(r, 6) + ", 2." + digits(r, 6)),
          new Form("mac", r -> "nic 00:1b:" + drawn(r, HEX, 2) + ":" + drawn(r, HEX, 2) + ":4f:9a"),
          new Form("advice", r -> "a password must have 12 characters and a token expires"),
          new Form("handle", r -> "thanks @" + drawn(r, LOWER, 8) + " for the fix"),
          new Form(
              "class",
              r -> "see AbstractSingletonProxyFactoryBeanImplementationTest" + digits(r, 1)),
          new Form(
              "path",
              r -> "/usr/lib/jvm/temurin-17-jdk-amd64/lib/security/cacerts" + digits(r, 2)));

  /** A secret or personal data. */
  public static Sentence secret(SplittableRandom random) {
    return Words.of(SECRETS, random).sentence(random);
  }

  /** Something else. */
  public static Sentence lookalike(SplittableRandom random) {
    return Words.of(LOOKALIKES, random).sentence(random);
  }

  private static String password(SplittableRandom random) {
    return drawn(random, MIXED + "!#_", 9) + digits(random, 1);
  }

  private static String withDigit(SplittableRandom random, int count) {
    return drawn(random, UPPER, 1)
        + drawn(random, LOWER, 1)
        + drawn(random, MIXED, count - 3)
        + digits(random, 1);
  }

  private static String jwt(SplittableRandom random) {
    return base64("{\"alg\":\"HS256\"}")
        + "."
        + base64("{\"sub\":\"" + digits(random, 8) + "\"}")
        + "."
        + drawn(random, MIXED + "-_", 43);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  private static String pem(SplittableRandom random) {
    return "-----BEGIN RSA PRIVATE KEY-----\n"
        + drawn(random, MIXED + "+/", 64)
        + "\n-----END RSA PRIVATE KEY-----";
  }

  private static String uuid(SplittableRandom random) {
    return drawn(random, HEX, 8)
        + "-"
        + drawn(random, HEX, 4)
        + "-4"
        + drawn(random, HEX, 3)
        + "-a"
        + drawn(random, HEX, 3)
        + "-"
        + drawn(random, HEX, 12);
  }

  private static String card(SplittableRandom random, String separator) {
    String body = Words.of(List.of("4", "51", "2221", "6011"), random);
    body += digits(random, 15 - body.length());
    return grouped(body + luhn(body), separator);
  }

  private static String wrongCard(SplittableRandom random) {
    String body = "4" + digits(random, 14);
    return grouped(body + (luhn(body) + 1 + random.nextInt(9)) % 10, " ");
  }

  /** The digit that makes a card number of fifteen digits before it. */
  private static int luhn(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int value = body.charAt(i) - '0';
      sum += i % 2 == 0 ? value * 2 / 10 + value * 2 % 10 : value;
    }
    return (10 - sum % 10) % 10;
  }

  private static String iban(SplittableRandom random, String separator) {
    String body = digits(random, 18);
    return grouped("DE" + ibanCheck("DE", body) + body, separator);
  }

  /**
   * The two digits between country and account of an IBAN (ISO 13616).
   *
   * @param country two capitals
   * @param body digits
   */
  private static String ibanCheck(String country, String body) {
    String letters = (country.charAt(0) - 'A' + 10) + "" + (country.charAt(1) - 'A' + 10);
    int remainder = 0;
    for (char digit : (body + letters + "00").toCharArray()) {
      remainder = (remainder * 10 + digit - '0') % 97;
    }
    return "%02d".formatted(98 - remainder);
  }

  private static String grouped(String digits, String separator) {
    return digits.replaceAll("(.{4})(?=.)", "$1" + separator);
  }

  private static String digits(SplittableRandom random, int count) {
    return Words.drawn(DIGITS, count, random);
  }

  private static String drawn(SplittableRandom random, String from, int count) {
    return Words.drawn(from, count, random);
  }
}
