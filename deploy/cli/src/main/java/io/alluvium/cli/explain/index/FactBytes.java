package io.alluvium.cli.explain.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alluvium.cli.explain.fact.Facts;
import io.alluvium.cli.explain.fact.Place;
import io.alluvium.cli.explain.fact.Sighting;
import io.alluvium.cli.explain.fact.TrainingRecord;
import io.alluvium.schemas.NoveltyClass;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Values of the index as bytes: facts as JSON, so that they can grow, the rest as numbers. Pure.
 */
final class FactBytes {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectWriter WRITER = JSON.writerFor(Timed.class);
  private static final ObjectReader READER = JSON.readerFor(Timed.class);

  private record Timed(long ms, Facts facts) {}

  private FactBytes() {}

  static byte[] of(Sighting sighting) {
    try {
      return WRITER.writeValueAsBytes(new Timed(sighting.timeMs(), sighting.facts()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("facts are numbers and codes", impossible);
    }
  }

  static Sighting read(String adapter, Place place, ByteBuffer value) {
    try {
      Timed timed = READER.readValue(UTF_8.decode(value).toString());
      return new Sighting(adapter, place, timed.ms(), timed.facts());
    } catch (IOException foreign) {
      throw new IllegalStateException("facts of another build: remove the index", foreign);
    }
  }

  static byte[] of(TrainingRecord record) {
    NoveltyClass novelty = record.novelty();
    byte[] name = (novelty == null ? "" : novelty.name()).getBytes(UTF_8);
    return ByteBuffer.allocate(Double.BYTES + 1 + name.length)
        .putDouble(record.weight())
        .put((byte) (record.replayed() ? 1 : 0))
        .put(name)
        .array();
  }

  static TrainingRecord training(long offset, ByteBuffer fields) {
    double weight = fields.getDouble();
    boolean replayed = fields.get() == 1;
    String novelty = UTF_8.decode(fields).toString();
    return new TrainingRecord(
        offset, weight, replayed, novelty.isEmpty() ? null : NoveltyClass.valueOf(novelty));
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
