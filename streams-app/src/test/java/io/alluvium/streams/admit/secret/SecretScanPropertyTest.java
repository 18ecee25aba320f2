package io.alluvium.streams.admit.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScanPropertyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EMAIL      | write to ann.lee+x@mail.example.org, please  | ann.lee+x@mail.example.org
          EMAIL      | <bob@example.com>.                           | bob@example.com
          EMAIL      | bob@example.com. Then                        | bob@example.com
          CARD       | pay with 4111 1111 1111 1111 now             | 4111 1111 1111 1111
          CARD       | 5500-0000-0000-0004                          | 5500-0000-0000-0004
          CARD       | 378282246310005                              | 378282246310005
          IBAN       | to DE89 3704 0044 0532 0130 00 today         | DE89 3704 0044 0532 0130 00
          IBAN       | GB82WEST12345698765432                       | GB82WEST12345698765432
          PHONE      | call +49 (30) 1234-5678 or                   | +49 (30) 1234-5678
          PHONE      | 555-123-4567                                 | 555-123-4567
          PHONE      | (555) 123-4567                               | (555) 123-4567
          KEY        | use AKIAIOSFODNN7EXAMPLE here                | AKIAIOSFODNN7EXAMPLE
          KEY        | ghp_16C7e42F292c6912E7710c838347Ae178B4a     | ghp_16C7e42F292c6912E7710c838347Ae178B4a
          KEY        | eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dQw4w9  | eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dQw4w9
          KEY        | k: wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY4z  | wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY4z
          CREDENTIAL | password: hunter2hunter2                     | hunter2hunter2
          CREDENTIAL | "api_key": "abcd1234"                        | abcd1234
          CREDENTIAL | the password is hunter2hunter2 now           | hunter2hunter2
          """)
  void whatIsSecretIsFoundWhole(SecretKind kind, String text, String secret) {
    assertThat(SecretScan.of(text))
        .containsExactly(
            new Finding(kind, text.indexOf(secret), text.indexOf(secret) + secret.length()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111 1111 1111 1112",
        "1234567890123456",
        "DE89 3704 0044 0532 0130 01",
        "a @ b, x@y, @name, me@localhost",
        "2026-11-21 12:30:00.123, 192.168.100.200, 3.14159265358979",
        "550e8400-e29b-41d4-a716-446655440000",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "the password: choose a long one; token: see below",
        "1 + 2 = 3; x+12345 and 100-200-300",
        "state-of-the-art-natural-language-processing-pipeline",
        "io.alluvium.streams.admit.secret.SecretScanPropertyTest",
        "AbstractSingletonProxyFactoryBeanImplementationTest7",
        "at +48.858844, 2.294351; the password is long and this is 12345678",
      })
  void whatOnlyLooksLikeItIsLeft(String text) {
    assertThat(SecretScan.of(text)).isEmpty();
  }

  @Example
  void aPrivateKeyIsFoundAsOne() {
    String key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----";
    assertThat(SecretScan.of("x " + key)).extracting(Finding::kind).contains(SecretKind.KEY);
  }

  /** The slow way: the check digit by the rule's own words. */
  @Property
  void aCardNumberIsFoundExactlyWhenItsCheckDigitHolds(
      @ForAll @LongRange(min = 4_000_000_000_000_000L, max = 4_999_999_999_999_999L) long number) {
    assertThat(!SecretScan.of("no " + number).isEmpty()).isEqualTo(luhn(Long.toString(number)));
  }

  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int value = digits.charAt(digits.length() - 1 - i) - '0';
      sum += i % 2 == 0 ? value : (value * 2) / 10 + (value * 2) % 10;
    }
    return sum % 10 == 0;
  }

  /** The slow way: a big number modulo 97. */
  @Property
  void anAccountNumberIsFoundExactlyWhenItsCheckDigitsHold(
      @ForAll @IntRange(min = 2, max = 98) int check,
      @ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long account) {
    String iban = "DE%02d%018d".formatted(check, account);
    BigInteger number = new BigInteger(iban.substring(4) + "1314" + iban.substring(2, 4));
    boolean valid = number.mod(BigInteger.valueOf(97)).intValue() == 1;
    assertThat(SecretScan.of(iban).stream().anyMatch(found -> found.kind() == SecretKind.IBAN))
        .isEqualTo(valid);
  }

  @Provide
  Arbitrary<String> messy() {
    return Arbitraries.strings()
        .withChars("aZ09@.+-=: ()\"_eyJ\n\u00e9\ud83d\ude00")
        .ofMaxLength(200);
  }

  @Property
  void findingsLieInOrderApartAndWithin(@ForAll("messy") String text) {
    List<Finding> findings = SecretScan.of(text);
    int end = 0;
    for (Finding finding : findings) {
      assertThat(finding.start()).isGreaterThanOrEqualTo(end);
      assertThat(finding.end()).isGreaterThan(finding.start()).isLessThanOrEqualTo(text.length());
      end = finding.end();
    }
  }

  @Provide
  Arbitrary<String> digits() {
    return Arbitraries.strings().withChars("0019 -./(+)xA:@=").ofMaxLength(60);
  }

  @Property
  void digitsInAnyGroupsAreReadToTheEnd(@ForAll("digits") String text) {
    assertThat(SecretScan.of(text)).allSatisfy(one -> assertThat(one.end()).isPositive());
  }

  @Property
  void aMaskedTextHoldsNothingOfWhatWasMasked(@ForAll("messy") String text) {
    SecretConfig all =
        new SecretConfig(
            SecretConfig.Action.MASK,
            SecretConfig.Action.MASK,
            SecretConfig.Action.MASK,
            SecretConfig.Action.MASK,
            SecretConfig.Action.MASK,
            SecretConfig.Action.MASK);
    String secret = "ann@example.org";
    String whole = text + " " + secret;
    assertThat(Masking.masked(whole, SecretScan.of(whole), all)).doesNotContain(secret);
  }

  @Example
  void evidenceLeaksNothing() {
    assertThat(SecretScan.of("id 4111111111111111").get(0).evidence())
        .isEqualTo("card of 16 characters at character 4");
  }
}
