package io.alluvium.streams.weigh;

import io.alluvium.streams.store.journal.Journaled;
import io.alluvium.streams.weigh.rule.MedianSketch;
import io.alluvium.streams.weigh.rule.SampleGuard;
import io.alluvium.streams.weigh.rule.Temperature;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Temperature, guard and running epoch of one base and adapter. A step carries what was decided at
 * it, so a state read back after the configuration changed is still the one that decided. At most
 * 12 kB.
 */
public final class WeighState implements Journaled {
  private static final int FIRST_LOSSES = 8;
  private static final int NUMBERS = 7;

  /** Sketch and numbers. */
  private static final int MOST_BESIDE_LOSSES = 16 << 10;

  private @Nullable Temperature temperature;
  private double exponent = 1;
  private double mean = Double.NaN;
  private double share = 1;
  private double policySum;
  private double sum;
  private double squares;
  private double[] losses = new double[FIRST_LOSSES];
  private int count;

  /**
   * What holds for an example.
   *
   * @param loss of the example
   * @param offset where it stands; the state's birth if it is the first
   */
  public Weight.Scale scale(double loss, long offset, WeighConfig config) {
    Temperature current = temperature;
    return new Weight.Scale(
        current == null
            ? Temperature.first(offset, Math.max(loss, config.minTemperature()))
            : current,
        exponent,
        mean);
  }

  /** Effective share of the epoch that ended last; 1 before. */
  double effectiveShare() {
    return share;
  }

  /** Whether no example was taken in since the last epoch ended. */
  boolean isAtEpochStart() {
    return count == 0;
  }

  /** Takes a weighed example in; the written step. */
  public byte[] take(double loss, Weight weight, WeighConfig config) {
    Temperature current = weight.scale().temperature();
    boolean ends = count + 1 >= current.epochLength(config.epochExamples());
    boolean isFirst = temperature == null;
    add(current, loss, weight.policy(), weight.weight());
    ByteBuffer step =
        ByteBuffer.allocate(((ends ? 6 : 4) + (isFirst ? 1 : 0)) * Double.BYTES)
            .putDouble(loss)
            .putDouble(weight.policy())
            .putDouble(weight.weight())
            .putDouble(current.nats());
    if (ends) {
      double next =
          SampleGuard.next(
              exponent, SampleGuard.share(count, sum, squares), config.minEffectiveShare());
      end(config.minTemperature(), next);
      step.putDouble(config.minTemperature()).putDouble(next);
    }
    if (isFirst) {
      step.putLong(current.birth());
    }
    return step.array();
  }

  @Override
  public void redo(ByteBuffer step) {
    double loss = step.getDouble();
    double policy = step.getDouble();
    double weight = step.getDouble();
    double nats = step.getDouble();
    Temperature current = temperature;
    add(current == null ? first(step, nats) : current, loss, policy, weight);
    if (step.hasRemaining()) {
      end(step.getDouble(), step.getDouble());
    }
  }

  /** The first epoch has one example, so its first step ends it; a birth stands behind that. */
  private static Temperature first(ByteBuffer step, double nats) {
    int birthAt = step.position() + 2 * Double.BYTES;
    return Temperature.first(step.limit() > birthAt ? step.getLong(birthAt) : 0, nats);
  }

  private void add(Temperature current, double loss, double policy, double weight) {
    temperature = current;
    if (count == losses.length) {
      losses = Arrays.copyOf(losses, 2 * count);
    }
    losses[count++] = loss;
    policySum += policy;
    sum += weight;
    squares += weight * weight;
  }

  private void end(double floor, double nextExponent) {
    Temperature ended = java.util.Objects.requireNonNull(temperature);
    share = SampleGuard.share(count, sum, squares);
    mean = policySum / count;
    temperature = ended.after(Arrays.copyOf(losses, count), floor);
    exponent = nextExponent;
    policySum = 0;
    sum = 0;
    squares = 0;
    count = 0;
  }

  @Override
  public byte[] snapshot() {
    Temperature now = java.util.Objects.requireNonNull(temperature);
    byte[] sketch = now.losses().toBytes();
    ByteBuffer to =
        ByteBuffer.allocate((NUMBERS + count + 1) * Double.BYTES + Integer.BYTES + sketch.length)
            .putLong(now.version())
            .putDouble(now.nats())
            .putDouble(exponent)
            .putDouble(mean)
            .putDouble(share)
            .putDouble(policySum)
            .putDouble(sum)
            .putDouble(squares)
            .putInt(count);
    for (int i = 0; i < count; i++) {
      to.putDouble(losses[i]);
    }
    return to.put(sketch).array();
  }

  /** How many losses of an epoch a snapshot of this size has room for. */
  static int mostLosses(int stateBytes) {
    return (stateBytes - MOST_BESIDE_LOSSES) / Double.BYTES;
  }

  /** Reads what {@link #snapshot} wrote. */
  static WeighState read(ByteBuffer from) {
    WeighState state = new WeighState();
    long version = from.getLong();
    double nats = from.getDouble();
    state.exponent = from.getDouble();
    state.mean = from.getDouble();
    state.share = from.getDouble();
    state.policySum = from.getDouble();
    state.sum = from.getDouble();
    state.squares = from.getDouble();
    state.count = from.getInt();
    state.losses = new double[Math.max(FIRST_LOSSES, state.count)];
    for (int i = 0; i < state.count; i++) {
      state.losses[i] = from.getDouble();
    }
    byte[] sketch = new byte[from.remaining()];
    from.get(sketch);
    state.temperature = Temperature.of(version, nats, MedianSketch.fromBytes(sketch));
    return state;
  }
}
