package io.alluvium.trainer.model.chat.jinja.render.builtin;

import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** {@code datetime.strftime} of a time without a zone, with English names. */
public final class Strftime {
  private final LocalDateTime time;

  private Strftime(LocalDateTime time) {
    this.time = time;
  }

  /**
   * Writes a time.
   *
   * @throws PythonError for a directive that is not known
   */
  public static String format(LocalDateTime time, String format) {
    Strftime strftime = new Strftime(time);
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < format.length(); at++) {
      if (format.charAt(at) != '%' || at + 1 == format.length()) {
        text.append(format.charAt(at));
        continue;
      }
      char flag = format.charAt(++at);
      boolean flagged = "-_0^#".indexOf(flag) >= 0 && at + 1 < format.length();
      String directive = strftime.directive(flagged ? format.charAt(++at) : flag);
      text.append(flagged ? flagged(flag, directive) : directive);
    }
    return text.toString();
  }

  private static String flagged(char flag, String text) {
    return switch (flag) {
      case '-' -> text.replaceFirst("^[0 ]+(?=\\d)", "");
      case '_' -> text.replaceFirst("^0(?=\\d)", " ");
      case '0' -> text.replaceFirst("^ (?=\\d)", "0");
      default -> text.toUpperCase(Locale.ROOT);
    };
  }

  private String directive(char directive) {
    return switch (directive) {
      case 'a' -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'A' -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> month().substring(0, 3);
      case 'B' -> month();
      case 'c' -> format(time, "%a %b %e %H:%M:%S %Y");
      case 'C' -> two(time.getYear() / 100);
      case 'd' -> two(time.getDayOfMonth());
      case 'D', 'x' -> format(time, "%m/%d/%y");
      case 'e' -> "%2d".formatted(time.getDayOfMonth());
      case 'f' -> "%06d".formatted(time.getNano() / 1000);
      case 'F' -> format(time, "%Y-%m-%d");
      case 'G' -> String.valueOf(time.get(IsoFields.WEEK_BASED_YEAR));
      case 'g' -> two(time.get(IsoFields.WEEK_BASED_YEAR) % 100);
      case 'H' -> two(time.getHour());
      case 'I' -> two(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'j' -> "%03d".formatted(time.getDayOfYear());
      case 'k' -> "%2d".formatted(time.getHour());
      case 'l' -> "%2d".formatted(time.get(ChronoField.CLOCK_HOUR_OF_AMPM));
      case 'm' -> two(time.getMonthValue());
      case 'M' -> two(time.getMinute());
      case 'n' -> "\n";
      case 'p' -> time.getHour() < 12 ? "AM" : "PM";
      case 'P' -> time.getHour() < 12 ? "am" : "pm";
      case 'r' -> format(time, "%I:%M:%S %p");
      case 'R' -> format(time, "%H:%M");
      case 'S' -> two(time.getSecond());
      case 't' -> "\t";
      case 'T', 'X' -> format(time, "%H:%M:%S");
      case 'u' -> String.valueOf(time.getDayOfWeek().getValue());
      case 'U' -> two((time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7);
      case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case 'w' -> String.valueOf(time.getDayOfWeek().getValue() % 7);
      case 'W' -> two((time.getDayOfYear() + 7 - time.getDayOfWeek().getValue()) / 7);
      case 'y' -> two(time.getYear() % 100);
      case 'Y' -> DateTimeFormatter.ofPattern("y", Locale.ROOT).format(time);
      case 'z', 'Z' -> "";
      case '%' -> "%";
      default -> throw new PythonError("strftime_now knows no %" + directive);
    };
  }

  private String month() {
    return time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String two(int number) {
    return "%02d".formatted(number);
  }
}
