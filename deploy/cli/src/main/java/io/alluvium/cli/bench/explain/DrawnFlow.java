package io.alluvium.cli.bench.explain;

import io.alluvium.cli.explain.fact.Facts;
import io.alluvium.cli.explain.fact.Place;
import io.alluvium.cli.explain.fact.Sighting;
import io.alluvium.cli.explain.fact.TrainingRecord;
import io.alluvium.cli.explain.fact.WindowOf;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.cli.explain.index.IndexBatch;
import io.alluvium.schemas.NoveltyClass;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Examples that went through every topic: each sent, accepted, scored and weighed, each window 256
 * records of one adapter among others.
 *
 * @param records how many
 */
record DrawnFlow(int records) {
  static final int ADAPTERS = 10;
  private static final int WINDOW = 256;
  private static final int PARTITIONS = 4;
  private static final int AT_ONCE = 500;
  private static final long BEGIN_MS = 1_790_000_000_000L;

  /** Ids look like those that {@code produce} makes. */
  static String id(int number) {
    byte[] seed = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    return UUID.nameUUIDFromBytes(seed).toString().replace("-", "");
  }

  static String adapter(int number) {
    return "adapter-" + number % ADAPTERS;
  }

  static WindowOf window(int number) {
    int adapter = number % ADAPTERS;
    long position = number / ADAPTERS;
    long version = position / WINDOW + 1;
    Place first = training(adapter, (version - 1) * WINDOW);
    long next = training(adapter, version * WINDOW - 1).offset() + 1;
    return new WindowOf(adapter(number), version, first, next);
  }

  private static Place training(int adapter, long position) {
    return new Place("training", adapter % PARTITIONS, position * ADAPTERS + adapter);
  }

  /** Writes all of it, as many records at once as a poll brings. */
  void into(ExplainIndex index) {
    SplittableRandom random = new SplittableRandom(1);
    for (int begin = 0; begin < records; begin += AT_ONCE) {
      try (IndexBatch batch = index.batch()) {
        for (int number = begin; number < Math.min(records, begin + AT_ONCE); number++) {
          add(batch, number, random);
        }
        index.write(batch);
      }
    }
  }

  private static void add(IndexBatch batch, int number, SplittableRandom random) {
    int adapter = number % ADAPTERS;
    double loss = 1 + random.nextDouble();
    double weight = Math.exp(-loss);
    int partition = adapter % PARTITIONS;
    seen(batch, number, new Place("examples", partition, number), new Facts.Sent());
    seen(batch, number, new Place("examples.accepted", partition, number), new Facts.Accepted());
    seen(
        batch,
        number,
        new Place("examples.scored", partition, number),
        new Facts.Scored(loss, loss - random.nextDouble(), 3L, 40, 20));
    Place place = training(adapter, number / ADAPTERS);
    seen(
        batch,
        number,
        place,
        new Facts.Weighed(weight, loss, random.nextDouble(), "FAMILIAR", null, "flow/1", null));
    batch.training(
        adapter(number),
        place,
        new TrainingRecord(place.offset(), weight, false, NoveltyClass.FAMILIAR));
    if (number / ADAPTERS % WINDOW == WINDOW - 1) {
      batch.version(window(number), number);
    }
  }

  private static void seen(IndexBatch batch, int number, Place place, Facts facts) {
    batch.sighting(id(number), new Sighting(adapter(number), place, BEGIN_MS + number, facts));
  }
}
