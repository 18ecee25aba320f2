package io.alluvium.trainer.decoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.model.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An oracle in plain loops and double precision, for what the numpy oracle does not know: stretched
 * rotary frequencies, frequencies and windows by layer, partly turned heads, fused linears, Gemma 2
 * and 3, SmolLM3, mixtures of experts. Written after transformers' models; it shares nothing with
 * the program but the reader of the file.
 */
final class PlainDecoder {
  private final JsonNode config;
  private final SafetensorsFile weights;
  private final boolean gemma;
  private final int hidden;
  private final int heads;
  private final int keyHeads;
  private final int size;

  PlainDecoder(Path folder) throws IOException {
    this.config = new ObjectMapper().readTree(folder.resolve("config.json").toFile());
    this.weights = SafetensorsFile.open(folder.resolve("model.safetensors"));
    this.gemma = config.path("model_type").asText().startsWith("gemma");
    this.hidden = config.path("hidden_size").asInt();
    this.heads = config.path("num_attention_heads").asInt();
    this.keyHeads = config.path("num_key_value_heads").asInt(heads);
    this.size = config.path("head_dim").asInt(hidden / heads);
  }

  /** Logits after each token. */
  double[][] logits(int[] ids) throws IOException {
    double[][] x = new double[ids.length][];
    double[] embedding = weight("model.embed_tokens.weight");
    for (int t = 0; t < ids.length; t++) {
      x[t] = Arrays.copyOfRange(embedding, ids[t] * hidden, (ids[t] + 1) * hidden);
      scale(x[t], gemma ? Math.sqrt(hidden) : 1);
    }
    for (int layer = 0; layer < config.path("num_hidden_layers").asInt(); layer++) {
      block(x, layer);
    }
    boolean tied = !weights.entries().containsKey("lm_head.weight");
    double[] head = tied ? embedding : weight("lm_head.weight");
    double[][] logits = new double[ids.length][];
    for (int t = 0; t < ids.length; t++) {
      logits[t] = cap(times(head, norm(x[t], "model.norm")), "final_logit_softcapping");
    }
    return logits;
  }

  private void block(double[][] x, int layer) throws IOException {
    String block = "model.layers." + layer + ".";
    double[][] attended = attention(x, block, layer);
    for (int t = 0; t < x.length; t++) {
      String afterAttention = block + "post_attention_layernorm";
      add(x[t], gemma ? norm(attended[t], afterAttention) : attended[t]);
      double[] h = norm(x[t], gemma ? block + "pre_feedforward_layernorm" : afterAttention);
      double[] y = has(router(block) + ".weight") ? mixture(h, block) : mlp(h, block + "mlp.");
      add(x[t], gemma ? norm(y, block + "post_feedforward_layernorm") : y);
    }
  }

  private String router(String block) {
    return block + moduleOf() + ".gate";
  }

  private String moduleOf() {
    return mixtral() ? "block_sparse_moe" : "mlp";
  }

  private boolean mixtral() {
    return config.path("model_type").asText().equals("mixtral");
  }

  private double[] mixture(double[] h, String block) throws IOException {
    double[] share = linear(h, router(block));
    double sum = Arrays.stream(share).map(Math::exp).sum();
    Arrays.setAll(share, e -> Math.exp(share[e]) / sum);
    int[] chosen =
        IntStream.range(0, share.length)
            .boxed()
            .sorted((a, b) -> Double.compare(share[b], share[a]))
            .limit(config.path("num_experts_per_tok").asInt(2))
            .mapToInt(Integer::intValue)
            .toArray();
    boolean normalised = mixtral() || config.path("norm_topk_prob").asBoolean();
    double all = normalised ? Arrays.stream(chosen).mapToDouble(e -> share[e]).sum() : 1;
    double[] y = new double[hidden];
    for (int e : chosen) {
      double[] found = expert(h, block + moduleOf() + ".experts." + e + ".");
      scale(found, share[e] / all);
      add(y, found);
    }
    return y;
  }

  private double[] expert(double[] h, String expert) throws IOException {
    double[] gate = linear(h, expert + (mixtral() ? "w1" : "gate_proj"));
    double[] up = linear(h, expert + (mixtral() ? "w3" : "up_proj"));
    Arrays.setAll(gate, n -> up[n] * gate[n] / (1 + Math.exp(-gate[n])));
    return linear(gate, expert + (mixtral() ? "w2" : "down_proj"));
  }

  private double[] mlp(double[] h, String mlp) throws IOException {
    boolean fused = has(mlp + "gate_up_proj.weight");
    double[] both = fused ? linear(h, mlp + "gate_up_proj") : new double[0];
    int half = both.length / 2;
    double[] gate = fused ? Arrays.copyOf(both, half) : linear(h, mlp + "gate_proj");
    double[] up = fused ? Arrays.copyOfRange(both, half, 2 * half) : linear(h, mlp + "up_proj");
    for (int n = 0; n < gate.length; n++) {
      gate[n] = up[n] * (gemma ? gelu(gate[n]) : gate[n] / (1 + Math.exp(-gate[n])));
    }
    return linear(gate, mlp + "down_proj");
  }

  private double[][] attention(double[][] x, String block, int layer) throws IOException {
    double[][][] q = new double[x.length][][];
    double[][][] k = new double[x.length][][];
    double[][][] v = new double[x.length][][];
    for (int t = 0; t < x.length; t++) {
      double[] all = queriesKeysValues(norm(x[t], block + "input_layernorm"), block + "self_attn.");
      q[t] = normed(part(all, 0, heads), block + "self_attn.q_norm");
      k[t] = normed(part(all, heads, keyHeads), block + "self_attn.k_norm");
      rotate(q[t], t, frequencies(layer, x.length));
      rotate(k[t], t, frequencies(layer, x.length));
      v[t] = part(all, heads + keyHeads, keyHeads);
    }
    double[][] y = new double[x.length][];
    for (int t = 0; t < x.length; t++) {
      double[] joined = new double[heads * size];
      for (int head = 0; head < heads; head++) {
        double[] seen = attend(q[t][head], k, v, new int[] {t, head * keyHeads / heads, layer});
        System.arraycopy(seen, 0, joined, head * size, size);
      }
      y[t] = linear(joined, block + "self_attn.o_proj");
    }
    return y;
  }

  /** place: position, key head, layer. */
  private double[] attend(double[] q, double[][][] k, double[][][] v, int[] place) {
    int window = window(place[2]);
    int from = window == 0 ? 0 : Math.max(0, place[0] - window + 1);
    double scale = config.path("query_pre_attn_scalar").asDouble(size);
    double[] scores = new double[place[0] + 1 - from];
    for (int s = from; s <= place[0]; s++) {
      scores[s - from] = dot(q, k[s][place[1]]) / Math.sqrt(scale);
    }
    scores = cap(scores, "attn_logit_softcapping");
    double sum = Arrays.stream(scores).map(Math::exp).sum();
    double[] y = new double[size];
    for (int s = from; s <= place[0]; s++) {
      for (int d = 0; d < size; d++) {
        y[d] += Math.exp(scores[s - from]) / sum * v[s][place[1]][d];
      }
    }
    return y;
  }

  private int window(int layer) {
    return slides(layer) ? config.path("sliding_window").asInt(0) : 0;
  }

  private boolean slides(int layer) {
    if (config.has("layer_types")) {
      return config.path("layer_types").path(layer).asText().equals("sliding_attention");
    }
    return switch (config.path("model_type").asText()) {
      case "mistral", "phi3" -> true;
      case "mixtral", "qwen3_moe" -> config.path("sliding_window").asInt(0) > 0;
      case "gemma2" -> layer % 2 == 0;
      case "gemma3_text" -> (layer + 1) % config.path("sliding_window_pattern").asInt() != 0;
      case "qwen2", "qwen3" ->
          config.path("use_sliding_window").asBoolean()
              && layer >= config.path("max_window_layers").asInt();
      default -> false;
    };
  }

  private double[] queriesKeysValues(double[] h, String attention) throws IOException {
    if (has(attention + "qkv_proj.weight")) {
      return linear(h, attention + "qkv_proj");
    }
    double[] all = new double[0];
    for (String name : new String[] {"q_proj", "k_proj", "v_proj"}) {
      double[] next = linear(h, attention + name);
      all = Arrays.copyOf(all, all.length + next.length);
      System.arraycopy(next, 0, all, all.length - next.length, next.length);
    }
    return all;
  }

  private double[][] part(double[] all, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(head -> Arrays.copyOfRange(all, head * size, (head + 1) * size))
        .toArray(double[][]::new);
  }

  private double[][] normed(double[][] parts, String name) throws IOException {
    for (int n = 0; has(name + ".weight") && n < parts.length; n++) {
      parts[n] = norm(parts[n], name);
    }
    return parts;
  }

  private void rotate(double[][] parts, int position, double[] frequencies) {
    JsonNode rope = rope();
    double amplitude = amplitude(rope);
    for (double[] head : parts) {
      for (int d = 0; d < frequencies.length; d++) {
        double cos = amplitude * Math.cos(position * frequencies[d]);
        double sin = amplitude * Math.sin(position * frequencies[d]);
        double a = head[d];
        double b = head[d + frequencies.length];
        head[d] = a * cos - b * sin;
        head[d + frequencies.length] = b * cos + a * sin;
      }
    }
  }

  private JsonNode rope() {
    return config.has("rope_scaling")
        ? config.path("rope_scaling")
        : config.path("rope_parameters");
  }

  private static String type(JsonNode rope) {
    return rope.path("rope_type").asText(rope.path("type").asText("default"));
  }

  private double original(JsonNode rope) {
    return config
        .path("original_max_position_embeddings")
        .asDouble(rope.path("original_max_position_embeddings").asDouble());
  }

  private double amplitude(JsonNode rope) {
    double factor =
        rope.path("factor")
            .asDouble(config.path("max_position_embeddings").asDouble() / original(rope));
    return switch (type(rope)) {
      case "yarn" -> rope.path("attention_factor").asDouble(0.1 * Math.log(factor) + 1);
      case "longrope" -> Math.sqrt(1 + Math.log(factor) / Math.log(original(rope)));
      default -> 1;
    };
  }

  /** As in transformers' modeling_rope_utils; length: of the whole text. */
  private double[] frequencies(int layer, int length) {
    JsonNode rope = rope();
    boolean local = config.path("model_type").asText().equals("gemma3_text") && slides(layer);
    double theta =
        local
            ? config.path("rope_local_base_freq").asDouble()
            : config.path("rope_theta").asDouble(rope.path("rope_theta").asDouble());
    int width = (int) (size * config.path("partial_rotary_factor").asDouble(1));
    double[] plain =
        IntStream.range(0, width / 2)
            .mapToDouble(d -> 1 / Math.pow(theta, 2.0 * d / width))
            .toArray();
    if (config.path("no_rope_layers").path(layer).asInt(1) == 0) {
      return new double[width / 2];
    }
    double factor = local ? 1 : rope.path("factor").asDouble(1);
    return switch (local ? "default" : type(rope)) {
      case "llama3" -> Arrays.stream(plain).map(f -> llama3(f, rope)).toArray();
      case "yarn" -> yarn(plain, theta, rope);
      case "longrope" -> {
        JsonNode factors = rope.path(length > original(rope) ? "long_factor" : "short_factor");
        yield IntStream.range(0, plain.length)
            .mapToDouble(d -> plain[d] / factors.path(d).asDouble())
            .toArray();
      }
      default -> Arrays.stream(plain).map(f -> f / factor).toArray();
    };
  }

  private double[] yarn(double[] plain, double theta, JsonNode rope) {
    int width = 2 * plain.length;
    double low = Math.max(0, Math.floor(turning(32, width, theta, rope)));
    double high = Math.min(width - 1, Math.ceil(turning(1, width, theta, rope)));
    double[] all = new double[plain.length];
    for (int d = 0; d < all.length; d++) {
      double kept = 1 - Math.max(0, Math.min(1, (d - low) / (high - low)));
      all[d] = plain[d] / rope.path("factor").asDouble() * (1 - kept) + plain[d] * kept;
    }
    return all;
  }

  private double turning(double turns, int width, double theta, JsonNode rope) {
    return width * Math.log(original(rope) / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
  }

  private static double llama3(double plain, JsonNode rope) {
    double factor = rope.path("factor").asDouble(1);
    double original = rope.path("original_max_position_embeddings").asDouble();
    double low = rope.path("low_freq_factor").asDouble();
    double high = rope.path("high_freq_factor").asDouble();
    double wave = 2 * Math.PI / plain;
    if (wave < original / high) {
      return plain;
    }
    if (wave > original / low) {
      return plain / factor;
    }
    double smooth = (original / wave - low) / (high - low);
    return (1 - smooth) * plain / factor + smooth * plain;
  }

  private double[] norm(double[] x, String name) throws IOException {
    double square = Arrays.stream(x).map(v -> v * v).sum() / x.length;
    double root = Math.sqrt(square + config.path("rms_norm_eps").asDouble());
    double[] gain = weight(name + ".weight");
    double[] y = new double[x.length];
    for (int n = 0; n < x.length; n++) {
      y[n] = x[n] / root * (gemma ? 1 + gain[n] : gain[n]);
    }
    return y;
  }

  private double[] cap(double[] x, String field) {
    double cap = config.path(field).asDouble(0);
    return cap == 0 ? x : Arrays.stream(x).map(v -> cap * Math.tanh(v / cap)).toArray();
  }

  private double[] linear(double[] h, String name) throws IOException {
    double[] y = times(weight(name + ".weight"), h);
    if (has(name + ".bias")) {
      add(y, weight(name + ".bias"));
    }
    return y;
  }

  private static double[] times(double[] matrix, double[] h) {
    double[] y = new double[matrix.length / h.length];
    for (int row = 0; row < y.length; row++) {
      for (int column = 0; column < h.length; column++) {
        y[row] += matrix[row * h.length + column] * h[column];
      }
    }
    return y;
  }

  private boolean has(String name) {
    return weights.entries().containsKey(name);
  }

  private double[] weight(String name) throws IOException {
    float[] values = weights.floats(name);
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static double gelu(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }

  private static void add(double[] x, double[] y) {
    Arrays.setAll(x, i -> x[i] + y[i]);
  }

  private static void scale(double[] x, double factor) {
    Arrays.setAll(x, i -> factor * x[i]);
  }
}
