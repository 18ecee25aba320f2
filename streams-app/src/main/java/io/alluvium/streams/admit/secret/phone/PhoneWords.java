package io.alluvium.streams.admit.secret.phone;

import io.alluvium.streams.admit.secret.character.DigitGroups;
import io.alluvium.streams.admit.secret.character.Shapes;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words that announce a telephone number. Pure. */
final class PhoneWords {
  private static final int LOOK_BACK = 40;
  private static final int NEAR = 4;
  private static final Set<String> NUMBER = Set.of("no", "nr", "number", "nummer", "num", "id");

  /** Of a device or its number: any digits behind them are one. */
  private static final List<String> STRONG =
      List.of(
          "phone",
          "telephone",
          "phone number",
          "tel",
          "mobile",
          "cellphone",
          "fax",
          "whatsapp",
          "hotline",
          "landline",
          "telefon",
          "telefonnummer",
          "handy",
          "handynummer",
          "rufnummer",
          "mobil",
          "mobilnummer",
          "durchwahl",
          "téléphone",
          "portable",
          "teléfono",
          "telefono",
          "móvil",
          "celular",
          "cellulare",
          "telefone",
          "telemóvel",
          "telefoon",
          "telefonu",
          "komórka",
          "puhelin",
          "puhelinnumero",
          "tlf",
          "telefonnr",
          "gsm",
          "cep",
          "тел",
          "телефон",
          "телефона",
          "телефону",
          "电话",
          "手机",
          "電話",
          "携帯",
          "手機",
          "전화",
          "휴대폰",
          "전화번호",
          "โทร",
          "هاتف",
          "फ़ोन",
          "फोन",
          "मोबाइल",
          "điện thoại",
          "telefon numarası");

  /** Of what one does with it: digits in groups behind them are one. */
  private static final List<String> WEAK =
      List.of(
          "call",
          "ring",
          "dial",
          "cell",
          "reach",
          "rufen",
          "anrufen",
          "ruf",
          "appelez",
          "appeler",
          "numéro",
          "llame",
          "llámame",
          "llama",
          "número",
          "chiamare",
          "chiama",
          "ligue",
          "bel",
          "zadzwoń",
          "numer",
          "soita",
          "звоните",
          "позвоните",
          "拨打",
          "請打",
          "打",
          "gọi");

  /** Beginnings of words for other things that have numbers. */
  private static final List<String> OTHERS =
      List.of(
          "order",
          "invoice",
          "isbn",
          "serial",
          "account",
          "ticket",
          "case",
          "part",
          "model",
          "version",
          "tracking",
          "parcel",
          "build",
          "reference",
          "times",
          "timestamp",
          "aktenzeichen",
          "vorgang",
          "dossier",
          "bestell",
          "rechnung",
          "konto",
          "auftrag",
          "pedido",
          "factura",
          "commande",
          "facture",
          "ordine",
          "заказ",
          "счёт",
          "订单",
          "注文",
          "주문");

  private PhoneWords() {}

  /** Whether one stands before this place on its line, with no other digits between. */
  static boolean standBefore(String text, int start, DigitGroups groups) {
    int least = Math.max(0, start - LOOK_BACK);
    for (int i = start - 1; i >= least; i--) {
      char c = text.charAt(i);
      if (c == '\n' || Shapes.isDigit(c)) {
        return false;
      }
      if (Character.isLetter(c) && endsWord(text, i) && isWord(text, i + 1, groups)) {
        return !isOther(text, least, start);
      }
    }
    return false;
  }

  private static boolean isOther(String text, int from, int to) {
    String before = text.substring(from, to).toLowerCase(Locale.ROOT);
    return OTHERS.stream().anyMatch(before::contains);
  }

  /** Whether the last word before this place, but for "number", is that of another thing. */
  static boolean nameAnother(String text, int start) {
    int end = wordEnd(text, start, start - NEAR);
    int word = wordStart(text, end);
    if (NUMBER.contains(text.substring(word, end).toLowerCase(Locale.ROOT))) {
      end = wordEnd(text, word, word - NEAR);
      word = wordStart(text, end);
    }
    return isOther(text, word, end);
  }

  private static int wordEnd(String text, int from, int least) {
    int end = from;
    while (end > 0 && end > least && isBetween(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isBetween(char c) {
    return " .:#\u2116".indexOf(c) >= 0;
  }

  private static int wordStart(String text, int end) {
    int start = end;
    while (start > 0 && end - start < LOOK_BACK && Character.isLetter(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** Whether a word of a device ends before this place. */
  static boolean endAt(String text, int end) {
    return isOne(STRONG, text, end);
  }

  private static boolean endsWord(String text, int last) {
    char after = Shapes.at(text, last + 1);
    return !Character.isLetter(after) || text.charAt(last) >= '\u0e00';
  }

  private static boolean isWord(String text, int end, DigitGroups groups) {
    return isOne(STRONG, text, end)
        || (groups.count() > 1 && !groups.areThousands() && isOne(WEAK, text, end));
  }

  private static boolean isOne(List<String> words, String text, int end) {
    for (String word : words) {
      int start = end - word.length();
      if (start >= 0
          && text.regionMatches(/* ignoreCase= */ true, start, word, 0, word.length())
          && (word.charAt(0) >= '\u0e00' || !Character.isLetter(Shapes.at(text, start - 1)))) {
        return true;
      }
    }
    return false;
  }
}
