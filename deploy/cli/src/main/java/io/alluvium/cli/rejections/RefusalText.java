package io.alluvium.cli.rejections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A refusal in words and as JSON. Pure but for printing. */
final class RefusalText {
  private RefusalText() {}

  static void print(Terminal terminal, FormatOption format, Entry<Rejection> entry) {
    format.print(terminal, json(entry), line(entry.value()));
  }

  /** Fields of the Avro record but for the bytes, which show prints; place is where it stood. */
  static ObjectNode json(Entry<Rejection> entry) {
    ObjectNode json = AvroJson.of(entry.value());
    json.remove(List.of("key", "value"));
    return json.put("place", place(entry.value().getOrigin()));
  }

  static String line(Rejection rejection) {
    return "%s  %s  %s  %s  %s %s: %s"
        .formatted(
            rejection.getRejectedAt(),
            place(rejection.getOrigin()),
            Objects.requireNonNullElse(rejection.getAdapter(), "(no adapter)"),
            Objects.requireNonNullElse(rejection.getExampleId(), "(no id)"),
            rejection.getStage(),
            rejection.getReason(),
            rejection.getDetail());
  }

  /** Where the refused record stands, in the form that show takes. */
  static String place(RecordOrigin origin) {
    return "%s-%d@%d".formatted(origin.getTopic(), origin.getPartition(), origin.getOffset());
  }

  /** Everything but the record itself, one fact per line. */
  static List<String> details(Rejection rejection) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s"
            .formatted(
                Objects.requireNonNullElse(rejection.getExampleId(), "(no id)"),
                rejection.getReason()));
    lines.add("  why        " + rejection.getDetail());
    lines.add("  stage      " + rejection.getStage());
    lines.add(
        "  adapter    " + Objects.requireNonNullElse(rejection.getAdapter(), "none could be read"));
    lines.add("  record     " + place(rejection.getOrigin()));
    lines.add(
        "  refused    %s by %s".formatted(rejection.getRejectedAt(), rejection.getApplication()));
    String policy = rejection.getPolicyVersion();
    if (policy != null) {
      lines.add("  policy     " + policy);
    }
    return lines;
  }

  /** Of a refusal without a value: there was none, or it holds what must not be copied. */
  static String absent(Rejection rejection) {
    return rejection.getReason().equals("NO_VALUE")
        ? "without a value"
        : "not copied: %s has what there was, while that topic keeps it"
            .formatted(place(rejection.getOrigin()));
  }
}
