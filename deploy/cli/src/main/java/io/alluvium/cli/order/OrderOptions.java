package io.alluvium.cli.order;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.connect.topic.Keyed;
import io.alluvium.cli.watch.AvroJson;
import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.streams.hold.Erasure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where an order goes, whom it is about and who gives it. */
public final class OrderOptions {
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--adapter",
      required = true,
      paramLabel = "ID",
      description = "The adapter that is meant; for erase, pause and resume * means all.")
  private String adapter = "";

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who orders it (default: the user's name).")
  private String author = "";

  /** The cluster, once a broker has answered. */
  public Cluster cluster() {
    return connection.cluster().ensureReachable();
  }

  /** The adapter as typed. */
  public String adapter() {
    return adapter;
  }

  /** Who orders. */
  public String author() {
    return author;
  }

  /** The adapter, or everybody, for a person to read. */
  public String whose() {
    return adapter.equals(Erasure.EVERYBODY) ? "all adapters" : adapter;
  }

  /** Gives one order for each argument. Orders mean what was there when they were given. */
  public List<JsonNode> give(Cluster cluster, Command command, List<String> arguments) {
    List<AdapterCommand> orders =
        arguments.stream().map(argument -> order(adapter, command, argument)).toList();
    write(cluster, orders);
    return orders.stream().<JsonNode>map(AvroJson::of).toList();
  }

  /**
   * Writes orders.
   *
   * @return where each stands in adapter.commands
   */
  public static List<Long> write(Cluster cluster, List<AdapterCommand> orders) {
    return cluster.write(
        cluster.topics().commands(),
        orders.stream().map(order -> new Keyed<>(order.getAdapter(), order)).toList());
  }

  /** An order about an adapter, given now by whoever gives orders here. */
  public AdapterCommand order(String whose, Command command, String argument) {
    return AdapterCommand.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setAdapter(whose)
        .setCommand(command)
        .setArgument(argument)
        .setIssuedBy(author)
        .setIssuedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  /** Which of the adapters that the trainer knows are meant; of others nobody could answer. */
  public Set<String> known(AdapterHistory history) {
    Set<String> known = new TreeSet<>(history.events().keySet());
    known.addAll(history.states().keySet());
    if (!adapter.equals(Erasure.EVERYBODY)) {
      known.retainAll(Set.of(adapter));
    }
    return known;
  }
}
