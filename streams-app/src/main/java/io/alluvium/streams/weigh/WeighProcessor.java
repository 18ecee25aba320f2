package io.alluvium.streams.weigh;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.fate.Arrival;
import io.alluvium.streams.fate.Fate;
import io.alluvium.streams.fate.Moment;
import io.alluvium.streams.fate.Refusal;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.fate.StageProcessor;
import io.alluvium.streams.fate.Verdict;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Stamps weight and temperature on each scored example. */
public final class WeighProcessor extends StageProcessor<ScoredExample, WeightedExample> {
  private final Stage stage;
  private @Nullable Temperatures temperatures;

  private WeighProcessor(Stage stage) {
    super(stage);
    this.stage = stage;
  }

  /** Makes processors and their stores. */
  public record Supplier(Stage stage)
      implements FixedKeyProcessorSupplier<Bytes, Arrival<ScoredExample>, Fate<WeightedExample>> {
    @Override
    public FixedKeyProcessor<Bytes, Arrival<ScoredExample>, Fate<WeightedExample>> get() {
      return new WeighProcessor(stage);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(
          Temperatures.store(Temperatures.TEMPERATURE_STORE),
          Temperatures.store(Temperatures.EPOCH_STORE));
    }
  }

  @Override
  public void init(FixedKeyProcessorContext<Bytes, Fate<WeightedExample>> context) {
    super.init(context);
    temperatures = new Temperatures(context);
  }

  @Override
  protected Verdict<WeightedExample> judge(ScoredExample scored, Moment moment) {
    double loss = scored.getBaseLoss();
    if (!Double.isFinite(loss) || loss < 0) {
      return new Verdict.Refuse<>(
          new Refusal(
              WeighReason.BAD_LOSS, "baseLoss is " + loss + ", must be finite, at least 0"));
    }
    String adapter = scored.getExample().getAdapter();
    WeighConfig config = moment.policy().section(WeighConfig.class);
    Temperature temperature =
        Objects.requireNonNull(temperatures)
            .next(scored.getBaseDigest() + "/" + adapter, loss, config);
    stage.watch().temperature(adapter, temperature.nats());
    return new Verdict.Pass<>(Weight.stamp(scored, temperature, config, moment.nowMs()));
  }

  @Override
  protected TrainingExample example(ScoredExample value) {
    return value.getExample();
  }
}
