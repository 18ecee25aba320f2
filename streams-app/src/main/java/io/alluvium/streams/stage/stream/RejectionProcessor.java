package io.alluvium.streams.stage.stream;

import io.alluvium.schemas.Rejection;
import io.alluvium.streams.stage.StageResult;
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
final class RejectionProcessor<V>
    extends ContextualProcessor<Bytes, StageResult<V>, Bytes, Rejection> {
  @Override
  public void process(Record<Bytes, StageResult<V>> record) {
    if (record.value() instanceof StageResult.Refused<V> refused) {
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
