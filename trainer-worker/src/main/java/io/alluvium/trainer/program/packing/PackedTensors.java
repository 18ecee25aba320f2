package io.alluvium.trainer.program.packing;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import java.util.ArrayList;
import java.util.List;

/** A packed batch in native memory, as all methods of a decoder's program take it. */
public final class PackedTensors implements AutoCloseable {
  private final NativeTensor ids;
  private final NativeTensor at;
  private final List<NativeTensor> places;

  private PackedTensors(NativeTensor ids, NativeTensor at, List<NativeTensor> places) {
    this.ids = ids;
    this.at = at;
    this.places = places;
  }

  /**
   * Copies a batch.
   *
   * @param at row of the rotary tables for each token
   */
  public static PackedTensors of(Packing packing, long[] at) {
    return new PackedTensors(
        NativeTensor.of(packing.ids(), packing.tokens()),
        NativeTensor.of(at, at.length),
        places(packing.buckets()));
  }

  /** The way back from the cells, then one tensor of places per bucket, rows x width. */
  public static List<NativeTensor> places(LengthBuckets buckets) {
    List<NativeTensor> places = new ArrayList<>();
    places.add(NativeTensor.of(buckets.back(), buckets.back().length));
    for (LengthBuckets.Bucket bucket : buckets.buckets()) {
      places.add(NativeTensor.of(bucket.places(), bucket.rows(), bucket.width()));
    }
    return places;
  }

  /** Adds {@code ids}, {@code pos} and {@code places} to a call. */
  public ScriptModule.Call to(ScriptModule.Call call) {
    return call.with(ids).with(at).with(places);
  }

  @Override
  public void close() {
    ids.close();
    at.close();
    places.forEach(NativeTensor::close);
  }
}
