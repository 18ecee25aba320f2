package io.alluvium.streams.admit.secret;

import io.alluvium.streams.admit.secret.character.Shapes;
import io.alluvium.streams.admit.secret.character.Span;
import io.alluvium.streams.admit.secret.key.ArmouredBlocks;
import io.alluvium.streams.admit.secret.key.KeyToken;
import io.alluvium.streams.admit.secret.key.PublishedString;
import io.alluvium.streams.admit.secret.named.Argument;
import io.alluvium.streams.admit.secret.named.Credential;
import io.alluvium.streams.admit.secret.named.Sentence;
import io.alluvium.streams.admit.secret.personal.AccountNumber;
import io.alluvium.streams.admit.secret.personal.CardNumber;
import io.alluvium.streams.admit.secret.personal.MailAddress;
import io.alluvium.streams.admit.secret.phone.PhoneNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** One pass over a text that stops only where something could begin. Pure. */
public final class SecretScan {
  private static final char WIDE_COLON = '\uff1a';
  private static final byte NOTHING = 0;
  private static final byte TOKEN = 1;
  private static final byte DIGIT = 2;
  private static final byte PLUS = 3;
  private static final byte AT = 4;
  private static final byte NAMES = 5;
  private static final byte PARENTHESIS = 6;
  private static final byte COMMA = 7;
  private static final byte BRACKET = 8;
  private static final byte BAR = 9;
  private static final byte SIGN = 10;
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
      if (Shapes.isDigit(c)) {
        triggers[c] = DIGIT;
      }
    }
    triggers['+'] = PLUS;
    triggers['@'] = AT;
    triggers['='] = NAMES;
    triggers[':'] = NAMES;
    triggers['('] = PARENTHESIS;
    triggers[','] = COMMA;
    triggers['>'] = BRACKET;
    triggers['|'] = BAR;
    return triggers;
  }

  private List<Finding> scan() {
    int i = 0;
    while (i < text.length()) {
      byte trigger = trigger(text.charAt(i));
      if (trigger == TOKEN || trigger == DIGIT) {
        i = Math.max(token(i), known);
      } else {
        if (trigger != NOTHING) {
          at(trigger, i);
        }
        i = Math.max(i + 1, known);
      }
    }
    armour();
    return ordered(findings);
  }

  private static byte trigger(char c) {
    if (c < TRIGGERS.length) {
      return TRIGGERS[c];
    }
    return c == WIDE_COLON ? NAMES : Sentence.isSign(c) ? SIGN : NOTHING;
  }

  /** Judges the token that begins here, and says where to go on. */
  private int token(int start) {
    boolean hasDigit = false;
    int end = start;
    while (end < text.length()) {
      byte trigger = trigger(text.charAt(end));
      if (trigger != TOKEN && trigger != DIGIT) {
        break;
      }
      hasDigit |= trigger == DIGIT;
      end++;
    }
    int published =
        end - start >= PublishedString.SHORTEST ? PublishedString.end(text, start, end) : -1;
    if (published >= 0) {
      return published;
    }
    number(start, text.charAt(start));
    add(SecretKind.KEY, start, KeyToken.end(text, start, end));
    credential(named(start, end, hasDigit));
    return end;
  }

  private void number(int start, char first) {
    if (Shapes.isDigit(first)) {
      add(SecretKind.CARD, start, CardNumber.end(text, start));
      add(SecretKind.PHONE, start, PhoneNumber.endOfLocal(text, start));
    } else if (Shapes.isUpper(first)) {
      add(SecretKind.IBAN, start, AccountNumber.end(text, start));
    }
  }

  /** What stands behind a token that names a secret, or is the token behind a name. */
  private Span named(int start, int end, boolean hasDigit) {
    char first = text.charAt(start);
    if (first == '-') {
      return Argument.afterOption(text, start, end);
    }
    if (hasDigit) {
      return Sentence.afterName(text, start, end);
    }
    return (first | ' ') == 'b'
        ? Sentence.afterScheme(text, start, end)
        : Sentence.afterWord(text, start, end);
  }

  private void at(byte trigger, int i) {
    switch (trigger) {
      case PLUS -> add(SecretKind.PHONE, i, PhoneNumber.endOfInternational(text, i));
      case PARENTHESIS -> {
        add(SecretKind.PHONE, i, PhoneNumber.endOfLocal(text, i));
        credential(Credential.inCall(text, i));
      }
      case AT -> mail(i);
      case NAMES -> credential(Credential.afterSeparator(text, i));
      case COMMA -> credential(Credential.afterComma(text, i));
      case BRACKET -> credential(Credential.inElement(text, i));
      case BAR -> credential(Credential.afterBar(text, i));
      case SIGN -> credential(Sentence.afterSign(text, i));
      default -> {}
    }
  }

  /** An address, or the user's part of a URL. */
  private void mail(int at) {
    if (Argument.endsUserInfo(text, at)) {
      credential(Argument.ofUrl(text, at));
      return;
    }
    int start = MailAddress.start(text, at);
    if (start >= 0) {
      add(SecretKind.EMAIL, start, MailAddress.end(text, at));
    }
  }

  private void credential(Span value) {
    add(SecretKind.CREDENTIAL, value.start(), value.end());
  }

  /**
   * Private keys; what lies within another block is published with it, whatever it looks like.
   * Blocks and findings are walked side by side.
   */
  private void armour() {
    List<ArmouredBlocks.Block> blocks = ArmouredBlocks.in(text);
    if (blocks.isEmpty()) {
      return;
    }
    findings.sort(Comparator.comparingInt(Finding::start));
    List<Finding> apart = new ArrayList<>();
    int next = 0;
    for (Finding found : findings) {
      while (next < blocks.size() && blocks.get(next).end() < found.end()) {
        next++;
      }
      boolean isWithin = next < blocks.size() && blocks.get(next).start() <= found.start();
      if (!isWithin) {
        apart.add(found);
      }
    }
    findings.clear();
    findings.addAll(apart);
    blocks.stream()
        .filter(ArmouredBlocks.Block::isPrivate)
        .forEach(block -> add(SecretKind.KEY, block.start(), block.end()));
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
    found.sort(Comparator.comparingInt(Finding::start));
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
