package io.alluvium.streams.admit.secret;

import java.util.ArrayList;
import java.util.List;

/** One pass over a text that stops only where something could begin. Pure. */
public final class SecretScan {
  private static final String IS = "is";
  private static final String BEARER = "bearer";
  private static final String BASIC = "basic";
  private static final char WIDE_COLON = '\uff1a';
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

  /** Where the last key or credential ends: nothing is looked for within. */
  private int known;

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
        int published = end - i >= Published.SHORTEST ? Published.end(text, i, end) : -1;
        if (published < 0) {
          atTokenStart(i, text.charAt(i));
          endToken(i, end);
        }
        i = Math.max(end, Math.max(published, known));
      } else {
        if (trigger != NOTHING) {
          at(trigger, i);
        }
        i = Math.max(i + 1, known);
      }
    }
    Armour.in(text, this::armour);
    return ordered(findings);
  }

  private void endToken(int start, int end) {
    add(SecretKind.KEY, start, KeyToken.end(text, start, end));
    char first = text.charAt(start);
    if (first == 'i' && end - start == IS.length() && text.charAt(start + 1) == 's') {
      sentence(start, end);
    } else if (first == '-' && Shapes.at(text, start + 1) == '-') {
      credential(end, end);
    } else if ((first | ' ') == 'b' && Shapes.at(text, end) == ' ') {
      bearer(start, end);
    }
  }

  private void bearer(int start, int end) {
    boolean isNamed =
        isWord(start, end, BEARER)
            || (isWord(start, end, BASIC)
                && text.regionMatches(/* ignoreCase= */ true, start - 8, "zation: ", 0, 8));
    if (isNamed) {
      int value = Credential.valueStart(text, end);
      add(SecretKind.CREDENTIAL, value, SecretValue.endOfBearer(text, value));
    }
  }

  private boolean isWord(int start, int end, String word) {
    return end - start == word.length()
        && text.regionMatches(/* ignoreCase= */ true, start, word, 0, word.length());
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
    return c < TRIGGERS.length ? TRIGGERS[c] : c == WIDE_COLON ? NAMES : NOTHING;
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
      case AT -> mail(i);
      case NAMES -> credential(i, i + 1);
      default -> {}
    }
  }

  /** An address, or the user's part of a URL. */
  private void mail(int at) {
    int password = Credential.userInfo(text, at);
    if (password >= 0) {
      boolean isSecret = SecretValue.isOfUrl(text, password, at);
      add(SecretKind.CREDENTIAL, password, isSecret ? at : -1);
      return;
    }
    int start = MailAddress.start(text, at);
    if (start >= 0) {
      add(SecretKind.EMAIL, start, MailAddress.end(text, at));
    }
  }

  /** After the separator between a name and a value. */
  private void credential(int separator, int after) {
    if (Credential.isNamed(text, separator)) {
      int start = Credential.valueStart(text, after);
      add(SecretKind.CREDENTIAL, start, SecretValue.end(text, start));
    }
  }

  /** After the word between a name and a value. */
  private void sentence(int word, int after) {
    if (Credential.isNamed(text, word)) {
      int start = Credential.valueStart(text, after);
      add(SecretKind.CREDENTIAL, start, SecretValue.endInProse(text, start));
    }
  }

  /**
   * A block of a key pair or certificate: what is published of it covers what looks secret there.
   */
  private void armour(Armour.Block block) {
    if (block.isPrivate()) {
      add(SecretKind.KEY, block.start(), block.end());
    } else {
      findings.removeIf(found -> found.start() >= block.start() && found.end() <= block.end());
    }
  }

  /** An end that is not after the start says that there is nothing. */
  private void add(SecretKind kind, int start, int end) {
    if (start >= 0 && end > start) {
      findings.add(new Finding(kind, start, end));
      boolean isWhole = kind == SecretKind.KEY || kind == SecretKind.CREDENTIAL;
      known = isWhole ? Math.max(known, end) : known;
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
