package io.alluvium.trainer.finetune;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A training step's loss and gradient once more, in the operations of DJL's NDArrays and by their
 * automatic differentiation: text after text and head after head, whole matrices of attention,
 * whole logits, nothing packed. It shares no program text with the one under test.
 */
final class ArrayStep implements AutoCloseable {
  private static final double MASKED = -1e9;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final DecoderConfig config;
  private final Map<String, FloatTensor> weights;
  private final Map<String, NDArray> adapter = new HashMap<>();
  private final List<NDArray> trained = new ArrayList<>();
  private final double scale;

  ArrayStep(DecoderConfig config, Map<String, FloatTensor> weights, LoraWeights adapter) {
    this.config = config;
    this.weights = weights;
    this.scale = adapter.spec().scale();
    for (int i = 0; i < adapter.slots().size(); i++) {
      LoraWeights.Slot slot = adapter.slots().get(i);
      NDArray values =
          manager.create(
              adapter.tensors().tensors().get(i).floats(), new Shape(slot.rows(), slot.columns()));
      values.setRequiresGradient(true);
      this.adapter.put(slot.path() + "." + slot.part().name(), values);
      trained.add(values);
    }
  }

  /**
   * What a step finds.
   *
   * @param loss weighted sum of cross entropies over the plain number of response tokens
   * @param kl mean of KL(base ‖ adapter) over all anchor positions
   * @param gradient of loss + coefficient · kl, per tensor of the adapter
   */
  record Found(float loss, float kl, List<float[]> gradient) {}

  Found run(List<TrainingItem> items, List<int[]> anchors, double coefficient) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss = loss(items);
      NDArray kl = divergence(anchors);
      collector.backward(loss.add(kl.mul(coefficient)));
      List<float[]> gradient =
          trained.stream().map(values -> values.getGradient().toFloatArray()).toList();
      return new Found(loss.getFloat(), kl.getFloat(), gradient);
    }
  }

  @Override
  public void close() {
    manager.close();
  }

  private NDArray loss(List<TrainingItem> items) {
    NDArray sum = manager.create(0f);
    int tokens = 0;
    for (TrainingItem item : items) {
      int[] ids = item.tokens().ids();
      NDArray likely = logProbabilities(Arrays.copyOf(ids, ids.length - 1), adapter);
      float[] wanted = new float[(ids.length - 1) * config.vocabulary()];
      for (int index : item.tokens().supervised()) {
        wanted[(index - 1) * config.vocabulary() + ids[index]] = item.weight();
      }
      sum = sum.sub(likely.mul(manager.create(wanted, likely.getShape())).sum());
      tokens += item.tokens().responseTokens();
    }
    return sum.div(tokens);
  }

  private NDArray divergence(List<int[]> anchors) {
    NDArray sum = manager.create(0f);
    int positions = 0;
    for (int[] anchor : anchors) {
      int[] ids = Arrays.copyOf(anchor, anchor.length - 1);
      NDArray base = logProbabilities(ids, Map.of());
      sum = sum.add(base.exp().mul(base.sub(logProbabilities(ids, adapter))).sum());
      positions += ids.length;
    }
    return sum.div(positions);
  }

  /** Positions x vocabulary. */
  private NDArray logProbabilities(int[] ids, Map<String, NDArray> with) {
    NDArray x = embedded(ids);
    for (int layer = 0; layer < config.layers(); layer++) {
      String block = "model.layers." + layer + ".";
      x = x.add(attention(norm(x, block + "input_layernorm"), block + "self_attn.", with));
      x = x.add(mlp(norm(x, block + "post_attention_layernorm"), block + "mlp.", with));
    }
    return norm(x, "model.norm").matMul(weight("lm_head").transpose()).logSoftmax(1);
  }

  private NDArray embedded(int[] ids) {
    float[] table = Objects.requireNonNull(weights.get("model.embed_tokens.weight")).values();
    float[] rows = new float[ids.length * config.hidden()];
    for (int t = 0; t < ids.length; t++) {
      System.arraycopy(table, ids[t] * config.hidden(), rows, t * config.hidden(), config.hidden());
    }
    return manager.create(rows, new Shape(ids.length, config.hidden()));
  }

  private NDArray attention(NDArray x, String block, Map<String, NDArray> with) {
    NDArray queries = linear(x, block + "q_proj", with);
    NDArray keys = linear(x, block + "k_proj", with);
    NDArray values = linear(x, block + "v_proj", with);
    NDList heads = new NDList();
    for (int head = 0; head < config.heads(); head++) {
      int shared = head * config.keyValueHeads() / config.heads();
      NDArray scores = rotated(head(queries, head)).matMul(rotated(head(keys, shared)).transpose());
      NDArray seen = scores.div(Math.sqrt(config.headSize())).add(future(x.getShape().get(0)));
      heads.add(seen.softmax(1).matMul(head(values, shared)));
    }
    return linear(NDArrays.concat(heads, 1), block + "o_proj", with);
  }

  private NDArray head(NDArray all, int number) {
    int size = config.headSize();
    return all.get(":, %d:%d".formatted(number * size, (number + 1) * size));
  }

  /** Halves of a head turned against each other by position times frequency. */
  private NDArray rotated(NDArray x) {
    int half = config.headSize() / 2;
    int length = (int) x.getShape().get(0);
    float[] cosines = new float[length * half];
    float[] sines = new float[length * half];
    for (int t = 0; t < length; t++) {
      for (int d = 0; d < half; d++) {
        double angle = t * config.rotary().ropes().get(0).frequencies(2 * half)[d];
        cosines[t * half + d] = (float) Math.cos(angle);
        sines[t * half + d] = (float) Math.sin(angle);
      }
    }
    NDArray cosine = manager.create(cosines, new Shape(length, half));
    NDArray sine = manager.create(sines, new Shape(length, half));
    NDArray first = x.get(":, :" + half);
    NDArray second = x.get(":, " + half + ":");
    return first
        .mul(cosine)
        .sub(second.mul(sine))
        .concat(second.mul(cosine).add(first.mul(sine)), 1);
  }

  private NDArray future(long length) {
    float[] mask = new float[Math.toIntExact(length * length)];
    for (int t = 0; t < length; t++) {
      Arrays.fill(mask, (int) (t * length + t + 1), (int) ((t + 1) * length), (float) MASKED);
    }
    return manager.create(mask, new Shape(length, length));
  }

  private NDArray mlp(NDArray x, String block, Map<String, NDArray> with) {
    NDArray gate = linear(x, block + "gate_proj", with);
    NDArray open = gate.div(gate.neg().exp().add(1));
    return linear(open.mul(linear(x, block + "up_proj", with)), block + "down_proj", with);
  }

  private NDArray norm(NDArray x, String name) {
    NDArray mean = x.square().mean(new int[] {1}, true);
    return x.div(mean.add(config.normEpsilon()).sqrt()).mul(weight(name));
  }

  private NDArray linear(NDArray x, String path, Map<String, NDArray> with) {
    NDArray y = x.matMul(weight(path).transpose());
    @Nullable NDArray a = with.get(path + ".A");
    @Nullable NDArray b = with.get(path + ".B");
    return a == null || b == null
        ? y
        : y.add(x.matMul(a.transpose()).matMul(b.transpose()).mul(scale));
  }

  private NDArray weight(String path) {
    FloatTensor tensor = Objects.requireNonNull(weights.get(path + ".weight"));
    return manager.create(
        tensor.values(), new Shape(tensor.shape().stream().mapToLong(Long::longValue).toArray()));
  }
}
