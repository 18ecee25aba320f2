package io.alluvium.streams.novelty;

import java.nio.ByteBuffer;

/**
 * All of an example that novelty looks at; also the written step of the journal, at most 344 bytes.
 *
 * @param features buckets of words and pairs of words
 * @param direction embedding as a short vector; empty without one
 * @param baseLoss nats per response token
 * @param adapterLoss nats per response token; NaN before the first version
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; lives for one call.
public record Observation(short[] features, byte[] direction, double baseLoss, double adapterLoss) {

  /** The loss under the best model there is. */
  double loss() {
    return Double.isNaN(adapterLoss) ? baseLoss : adapterLoss;
  }

  /** The loss under whichever of base and adapter finds it easier. */
  double leastLoss() {
    return Double.isNaN(adapterLoss) ? baseLoss : Math.min(baseLoss, adapterLoss);
  }

  byte[] toBytes() {
    int size = 2 * Double.BYTES + 2 * Short.BYTES + features.length * Short.BYTES;
    ByteBuffer to = ByteBuffer.allocate(size + direction.length);
    to.putDouble(baseLoss).putDouble(adapterLoss).putShort((short) features.length);
    for (short feature : features) {
      to.putShort(feature);
    }
    return to.putShort((short) direction.length).put(direction).array();
  }

  static Observation read(ByteBuffer from) {
    double baseLoss = from.getDouble();
    double adapterLoss = from.getDouble();
    short[] features = new short[from.getShort()];
    for (int i = 0; i < features.length; i++) {
      features[i] = from.getShort();
    }
    byte[] direction = new byte[from.getShort()];
    from.get(direction);
    return new Observation(features, direction, baseLoss, adapterLoss);
  }
}
