package io.alluvium.streams.fate;

import io.alluvium.schemas.Rejection;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Lets rejections through, under what they carry of the record's key and headers: a key or headers
 * of a megabyte do not fit beside the value.
 *
 * @param <V> the value type of what passes
 */
final class RefusedProcessor<V> extends ContextualProcessor<Bytes, Fate<V>, Bytes, Rejection> {
  @Override
  public void process(Record<Bytes, Fate<V>> record) {
    if (record.value() instanceof Fate.Refused<V> refused) {
      context()
          .forward(
              new Record<>(
                  Bytes.wrap(Utils.toNullableArray(refused.rejection().getKey())),
                  refused.rejection(),
                  record.timestamp(),
                  refused.headers()));
    }
  }
}
