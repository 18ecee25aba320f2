package io.alluvium.streams.run;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do about errors that are no property of a record. Records that cannot be used have become
 * rejections before any of these is asked; what comes here is a dependency that is away or a fault
 * of ours. Both stop the application: the transaction is aborted and nothing is lost.
 */
public final class ErrorHandlers
    implements DeserializationExceptionHandler,
        ProcessingExceptionHandler,
        ProductionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorHandlers.class);

  /** For Kafka Streams, which makes one by reflection. */
  public ErrorHandlers() {}

  @Override
  public void configure(Map<String, ?> configs) {}

  /** Sources are read as bytes, so this is a fault. */
  @Override
  public DeserializationExceptionHandler.Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception failure) {
    report(context, failure);
    return DeserializationExceptionHandler.Response.fail();
  }

  @Override
  public ProcessingExceptionHandler.Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
    report(context, failure);
    return ProcessingExceptionHandler.Response.fail();
  }

  /** A retry is bounded by task.timeout.ms. */
  @Override
  public ProductionExceptionHandler.Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
    if (failure instanceof RetriableException) {
      return ProductionExceptionHandler.Response.retry();
    }
    report(context, failure);
    return ProductionExceptionHandler.Response.fail();
  }

  @Override
  public ProductionExceptionHandler.Response handleSerializationError(
      ErrorHandlerContext context,
      @SuppressWarnings("rawtypes") // Kafka's own signature.
          ProducerRecord record,
      Exception failure,
      ProductionExceptionHandler.SerializationExceptionOrigin origin) {
    report(context, failure);
    return ProductionExceptionHandler.Response.fail();
  }

  private static void report(ErrorHandlerContext context, Exception failure) {
    LOG.error(
        "stopping at {}-{} offset {}, in {} of task {}: {}",
        context.topic(),
        context.partition(),
        context.offset(),
        context.processorNodeId(),
        context.taskId(),
        failure.toString());
  }
}
