package io.alluvium.cli.rejections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code alluvium rejections show}. */
@Command(
    name = "show",
    description = "Show refusals of one example, with the record that was refused.",
    footer = {
      "",
      "The record is shown as JSON where it can be read, else as text. One id may have been refused more than once, "
          + "and by more than one adapter's rules; a place names one record.",
      "",
      "Examples:",
      "  alluvium rejections show 430fb1b4ac43316eca81fab27a1930ab",
      "  alluvium rejections show examples-3@1207 --format json",
      "",
      "Exit: 0 shown, 1 there is no such refusal."
    })
final class ShowRejectionCommand implements Runnable {
  private static final Pattern PLACE = Pattern.compile("(.+)-(\\d+)[@-](\\d+)");
  private static final int SHOWN_CHARACTERS = 400;

  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final Selection selection = new Selection();
  @Mixin private final FormatOption format = new FormatOption();

  @Parameters(
      paramLabel = "ID|PLACE",
      description = "The example's id, or TOPIC-PARTITION@OFFSET of the refused record.")
  private String name = "";

  ShowRejectionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Cluster cluster = connection.cluster().ensureReachable();
    List<Entry<Rejection>> found = new ArrayList<>();
    selection.each(
        cluster,
        entry -> {
          if (isMeant(entry.value())) {
            found.add(entry);
          }
        });
    if (found.isEmpty()) {
      throw CommandException.failed(
          "no refusal of %s: `alluvium rejections list --lines` names the last ones"
              .formatted(name));
    }
    found.forEach(entry -> print(entry, record(cluster, entry.value())));
  }

  private boolean isMeant(Rejection rejection) {
    Matcher place = PLACE.matcher(name);
    return name.equals(rejection.getExampleId())
        || (place.matches()
            && place.group(1).equals(rejection.getOrigin().getTopic())
            && place.group(2).equals(Integer.toString(rejection.getOrigin().getPartition()))
            && place.group(3).equals(Long.toString(rejection.getOrigin().getOffset())));
  }

  private void print(Entry<Rejection> entry, @Nullable JsonNode record) {
    if (format.isJson()) {
      ObjectNode json = RefusalText.json(entry);
      json.set("record", record);
      terminal.print(json);
      return;
    }
    RefusalText.details(entry.value()).forEach(terminal::print);
    terminal.print(
        "  it was     " + (record == null ? RefusalText.absent(entry.value()) : shortened(record)));
  }

  private static String shortened(JsonNode record) {
    String text = record.isTextual() ? record.asText() : record.toString();
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : text.substring(0, SHOWN_CHARACTERS) + "... (all of it: --format json)";
  }

  /** As the topic's type where the bytes are of it, else as the text that they are. */
  private static @Nullable JsonNode record(Cluster cluster, Rejection rejection) {
    ByteBuffer value = rejection.getValue();
    if (value == null) {
      return null;
    }
    byte[] bytes = Utils.toArray(value);
    return topic(cluster, rejection.getOrigin().getTopic())
        .flatMap(topic -> decoded(cluster, topic, bytes))
        .orElseGet(() -> TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8)));
  }

  private static Optional<Topic<?>> topic(Cluster cluster, String name) {
    return cluster.topics().all().stream()
        .<Topic<?>>map(topic -> topic)
        .filter(topic -> topic.name().equals(name))
        .findFirst();
  }

  private static <V extends SpecificRecord> Optional<JsonNode> decoded(
      Cluster cluster, Topic<V> topic, byte[] bytes) {
    try (Deserializer<V> deserializer = cluster.serdes().deserializer(topic)) {
      return Optional.of(AvroJson.of(deserializer.deserialize(topic.name(), bytes)));
    } catch (SerializationException foreign) {
      return Optional.empty();
    }
  }
}
