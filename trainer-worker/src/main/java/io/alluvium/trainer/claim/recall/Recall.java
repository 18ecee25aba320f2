package io.alluvium.trainer.claim.recall;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.Reading;
import io.alluvium.trainer.claim.RecordReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Readable records by where they stand. Opens its line to the broker when it is first asked. */
public final class Recall implements AutoCloseable {
  private final Supplier<OffsetReader> opening;
  private final RecordReader<WeightedExample> decoder;
  private @Nullable OffsetReader reader;

  /**
   * Recalls through a reader, which is owned and closed.
   *
   * @param opening opens the reader
   * @param decoder of values
   */
  public Recall(Supplier<OffsetReader> opening, RecordReader<WeightedExample> decoder) {
    this.opening = opening;
    this.decoder = decoder;
  }

  /**
   * An adapter's records at these places, partition by partition in offset order. What the log no
   * longer has, or what was never the adapter's, is left out.
   *
   * @throws org.apache.kafka.common.errors.TimeoutException when the broker sends nothing
   */
  public List<Entry> read(String adapter, Collection<Place> places) {
    Map<Integer, List<Long>> offsets =
        places.stream()
            .collect(groupingBy(Place::partition, TreeMap::new, mapping(Place::offset, toList())));
    List<Entry> entries = new ArrayList<>();
    offsets.forEach((partition, at) -> entries.addAll(read(adapter, partition, at)));
    return entries;
  }

  /** The same in one partition. */
  public List<Entry> read(String adapter, int partition, List<Long> offsets) {
    return reader().read(partition, offsets).stream()
        .flatMap(record -> decoded(record).stream())
        .filter(entry -> entry.adapter().equals(adapter))
        .toList();
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }

  private List<Entry> decoded(ConsumerRecord<byte[], byte[]> record) {
    return decoder.read(record) instanceof Reading.Decoded<WeightedExample> readable
        ? List.of(new Entry(record, readable.value()))
        : List.of();
  }

  private OffsetReader reader() {
    if (reader == null) {
      reader = opening.get();
    }
    return reader;
  }
}
