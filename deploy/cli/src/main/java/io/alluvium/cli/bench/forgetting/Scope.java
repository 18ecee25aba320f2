package io.alluvium.cli.bench.forgetting;

import io.alluvium.cli.bench.forgetting.domain.DomainFolder;
import io.alluvium.cli.bench.forgetting.domain.Orders;
import io.alluvium.cli.bench.forgetting.domain.StreamFiles;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.DomainFiles;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.Material;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.OldText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that arms are given, over seeds and orders.
 *
 * @param base folder of the base
 * @param source where domains come from
 * @param size how much of each
 */
record Scope(Path base, Source source, Size size) {
  /**
   * Where domains come from.
   *
   * @param streams files that people bring; none lets domains be drawn
   * @param old file of what the base could do before; null for none
   */
  record Source(List<Path> streams, @Nullable Path old) {
    Source {
      streams = List.copyOf(streams);
    }

    boolean drawn() {
      return streams.isEmpty();
    }
  }

  /**
   * How much.
   *
   * @param seeds how many
   * @param firstSeed the first of them
   * @param orders of the domains, for each seed
   * @param domains how many are drawn
   * @param records of each
   */
  record Size(int seeds, long firstSeed, int orders, int domains, int records) {}

  int domains() {
    return source.drawn() ? size.domains() : source.streams().size();
  }

  /**
   * Writes the domains and tells the arms of them.
   *
   * @throws IOException when files cannot be read or written
   * @throws IllegalArgumentException when a file has too few lines; names it
   */
  List<Trials.Given> written(Path root) throws IOException {
    List<Trials.Given> given = new ArrayList<>();
    for (long seed = size.firstSeed(); seed < size.firstSeed() + size.seeds(); seed++) {
      Path folder = root.resolve("seed-" + seed);
      OldText old =
          source.old() == null
              ? null
              : new StreamFiles(folder.resolve("domains")).old(source.old());
      for (List<DomainFiles> order : Orders.of(files(folder, seed), size.orders())) {
        Material material =
            new Material(
                base.toString(), old, order, size.records(), root.resolve("shared").toString());
        given.add(new Trials.Given(folder.resolve(name(order)), material, seed));
      }
    }
    return given;
  }

  /** An order is known by its domains: its number depends on how many are asked for. */
  private static String name(List<DomainFiles> order) {
    return order.stream().map(DomainFiles::name).collect(Collectors.joining("-"));
  }

  private List<DomainFiles> files(Path folder, long seed) throws IOException {
    Path domains = folder.resolve("domains");
    if (source.drawn()) {
      return new DomainFolder(domains, size.records()).drawn(size.domains(), seed);
    }
    List<DomainFiles> files = new ArrayList<>();
    for (Path stream : source.streams()) {
      files.add(new StreamFiles(domains).domain(stream));
    }
    return files;
  }
}
