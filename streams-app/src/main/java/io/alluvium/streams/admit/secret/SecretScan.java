package io.alluvium.streams.admit.secret;

import java.util.ArrayList;
import java.util.List;

/** One pass over a text that stops only where something could begin. Pure. */
public final class SecretScan {
  private static final String IS = "is";
  private static final String PRIVATE_KEY = "-----BEGIN ";
  private static final byte NOTHING = 0;
  private static final byte TOKEN = 1;
  private static final byte DIGIT = 2;
  private static final byte PLUS = 3;
  private static final byte AT = 4;
  private static final byte NAMES = 5;
  private static final byte PARENTHESIS = 6;
  private static final byte[] TRIGGERS = triggers();

  private final String text;
  private final List<Finding> findings = new ArrayList<>(0);

  private SecretScan(String text) {
    this.text = text;
  }

  /** Everything found, in order, without overlaps: what begins first counts. */
  public static List<Finding> of(String text) {
    return new SecretScan(text).scan();
  }

  private static byte[] triggers() {
    byte[] triggers = new byte[128];
    for (char c = 0; c < 128; c++) {
      triggers[c] = Shapes.isToken(c) ? TOKEN : NOTHING;
      if (c >= '0' && c <= '9') {
        triggers[c] = DIGIT;
      }
    }
    triggers['+'] = PLUS;
    triggers['@'] = AT;
    triggers['='] = NAMES;
    triggers[':'] = NAMES;
    triggers['('] = PARENTHESIS;
    return triggers;
  }

  private List<Finding> scan() {
    int i = 0;
    while (i < text.length()) {
      byte trigger = trigger(text.charAt(i));
      if (trigger == TOKEN || trigger == DIGIT) {
        int end = tokenEnd(i + 1);
        atTokenStart(i, text.charAt(i));
        endToken(i, end);
        i = end;
      } else {
        if (trigger != NOTHING) {
          at(trigger, i);
        }
        i++;
      }
    }
    privateKeys();
    return ordered(findings);
  }

  private void endToken(int start, int end) {
    add(SecretKind.KEY, start, KeyToken.end(text, start, end));
    if (end - start == IS.length() && text.startsWith(IS, start)) {
      credential(start, end);
    }
  }

  private int tokenEnd(int from) {
    int end = from;
    while (end < text.length()) {
      byte trigger = trigger(text.charAt(end));
      if (trigger != TOKEN && trigger != DIGIT) {
        return end;
      }
      end++;
    }
    return end;
  }

  private static byte trigger(char c) {
    return c < TRIGGERS.length ? TRIGGERS[c] : NOTHING;
  }

  private void atTokenStart(int i, char c) {
    if (c >= '0' && c <= '9') {
      add(SecretKind.CARD, i, CardNumber.end(text, i));
      add(SecretKind.PHONE, i, PhoneNumber.endOfLocal(text, i));
    } else if (c >= 'A' && c <= 'Z') {
      add(SecretKind.IBAN, i, AccountNumber.end(text, i));
    }
  }

  private void at(byte trigger, int i) {
    switch (trigger) {
      case PLUS -> add(SecretKind.PHONE, i, PhoneNumber.endOfInternational(text, i));
      case PARENTHESIS -> add(SecretKind.PHONE, i, PhoneNumber.endOfLocal(text, i));
      case AT -> add(SecretKind.EMAIL, MailAddress.start(text, i), MailAddress.end(text, i));
      case NAMES -> credential(i, i + 1);
      default -> {}
    }
  }

  /** After the separator, or the word, between a name and a value. */
  private void credential(int separator, int after) {
    if (Credential.isNamed(text, separator)) {
      int start = Credential.valueStart(text, after);
      add(SecretKind.CREDENTIAL, start, Credential.valueEnd(text, start));
    }
  }

  private void privateKeys() {
    int start = text.indexOf(PRIVATE_KEY);
    if (start >= 0 && text.startsWith("PRIVATE KEY-----", text.indexOf("PRIVATE KEY", start))) {
      int end = text.indexOf("-----END ", start);
      add(SecretKind.KEY, start, end < 0 ? text.length() : Math.min(text.length(), end + 9));
    }
  }

  /** An end that is not after the start says that there is nothing. */
  private void add(SecretKind kind, int start, int end) {
    if (start >= 0 && end > start) {
      findings.add(new Finding(kind, start, end));
    }
  }

  private static List<Finding> ordered(List<Finding> found) {
    if (found.size() < 2) {
      return found;
    }
    found.sort((a, b) -> Integer.compare(a.start(), b.start()));
    List<Finding> apart = new ArrayList<>();
    int end = 0;
    for (Finding finding : found) {
      if (finding.start() >= end) {
        apart.add(finding);
        end = finding.end();
      }
    }
    return apart;
  }
}
