package io.alluvium.streams;

import java.util.Set;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Lets every processor of a test driver go through what Kafka Streams does with a task whose
 * transaction was aborted: the same processor is closed and begun again over the stores as they
 * were committed.
 */
public final class Reviving implements ProcessorWrapper {
  /** Of the drivers on this thread. */
  private static final ThreadLocal<int[]> DEATHS = ThreadLocal.withInitial(() -> new int[1]);

  /** Before its next record every processor on this thread is closed and begun again. */
  static void all() {
    DEATHS.get()[0]++;
  }

  @Override
  public <KIn, VIn, KOut, VOut>
      WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
          String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
    return new WrappedProcessorSupplier<>() {
      @Override
      public Processor<KIn, VIn, KOut, VOut> get() {
        return new Mortal<>(supplier.get());
      }

      @Override
      public @Nullable Set<StoreBuilder<?>> stores() {
        return supplier.stores();
      }
    };
  }

  @Override
  public <KIn, VIn, VOut>
      WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
          String name, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
    return new WrappedFixedKeyProcessorSupplier<>() {
      @Override
      public FixedKeyProcessor<KIn, VIn, VOut> get() {
        return new MortalFixed<>(supplier.get());
      }

      @Override
      public @Nullable Set<StoreBuilder<?>> stores() {
        return supplier.stores();
      }
    };
  }

  private static final class Mortal<KIn, VIn, KOut, VOut>
      implements Processor<KIn, VIn, KOut, VOut> {
    private final Processor<KIn, VIn, KOut, VOut> inner;
    private @Nullable ProcessorContext<KOut, VOut> context;
    private int deaths = DEATHS.get()[0];

    Mortal(Processor<KIn, VIn, KOut, VOut> inner) {
      this.inner = inner;
    }

    @Override
    public void init(ProcessorContext<KOut, VOut> given) {
      context = given;
      inner.init(given);
    }

    @Override
    public void process(Record<KIn, VIn> record) {
      if (deaths < DEATHS.get()[0] && context != null) {
        deaths = DEATHS.get()[0];
        inner.close();
        inner.init(context);
      }
      inner.process(record);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  private static final class MortalFixed<KIn, VIn, VOut>
      implements FixedKeyProcessor<KIn, VIn, VOut> {
    private final FixedKeyProcessor<KIn, VIn, VOut> inner;
    private @Nullable FixedKeyProcessorContext<KIn, VOut> context;
    private int deaths = DEATHS.get()[0];

    MortalFixed(FixedKeyProcessor<KIn, VIn, VOut> inner) {
      this.inner = inner;
    }

    @Override
    public void init(FixedKeyProcessorContext<KIn, VOut> given) {
      context = given;
      inner.init(given);
    }

    @Override
    public void process(FixedKeyRecord<KIn, VIn> record) {
      if (deaths < DEATHS.get()[0] && context != null) {
        deaths = DEATHS.get()[0];
        inner.close();
        inner.init(context);
      }
      inner.process(record);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
