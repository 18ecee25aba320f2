package io.alluvium.trainer.score.scorer;

import static java.util.stream.Collectors.toMap;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.Scores;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.score.adapter.CurrentAdapters.Current;
import io.alluvium.trainer.score.adapter.LoadedAdapters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures examples under the frozen base and under their adapter. For the tensor thread.
 *
 * <p>An example's numbers do not depend on what it is batched with, but for the order in which
 * floats are added: losses agree within 1e-5 relative, embeddings to half precision.
 */
public final class Scorer implements AutoCloseable {

  /**
   * Who scores.
   *
   * @param baseDigest digest of the base
   * @param build build of the scorer
   * @param embeddings whether embeddings are made
   */
  public record Identity(String baseDigest, String build, boolean embeddings) {}

  private final Decoder decoder;
  private final LoadedAdapters adapters;
  private final Identity identity;
  private final Clock clock;

  /** Scores with a decoder that stays the caller's. */
  public Scorer(Decoder decoder, Identity identity, Clock clock) {
    this.decoder = decoder;
    this.adapters = new LoadedAdapters(decoder, clock);
    this.identity = identity;
    this.clock = clock;
  }

  /** Scores in order. Where an adapter cannot be read, there is the base's loss alone. */
  public List<ScoredExample> score(List<ScoreRequest> requests) {
    List<TokenSequence> tokens = requests.stream().map(ScoreRequest::tokens).toList();
    Scores base =
        identity.embeddings()
            ? decoder.scoreWithEmbeddings(tokens, null)
            : decoder.score(tokens, null);
    Map<Integer, Float> adapterLosses = adapterLosses(requests);
    List<ScoredExample> scored = new ArrayList<>();
    for (int index = 0; index < requests.size(); index++) {
      scored.add(scored(requests.get(index), base, index, adapterLosses));
    }
    return scored;
  }

  /** How many adapters cannot be read now. For any thread. */
  public int unreadableAdapters() {
    return adapters.unreadable();
  }

  @Override
  public void close() {
    adapters.close();
  }

  private Map<Integer, Float> adapterLosses(List<ScoreRequest> requests) {
    Map<Served, List<Integer>> byAdapter = new LinkedHashMap<>();
    for (int index = 0; index < requests.size(); index++) {
      ScoreRequest request = requests.get(index);
      Current version = request.adapter();
      if (version != null) {
        Served served = new Served(request.example().getAdapter(), version);
        byAdapter.computeIfAbsent(served, any -> new ArrayList<>()).add(index);
      }
    }
    Map<Integer, Float> losses = new LinkedHashMap<>();
    byAdapter.forEach(
        (served, indexes) ->
            adapters
                .of(served.adapter(), served.version())
                .ifPresent(weights -> losses.putAll(losses(requests, indexes, weights))));
    return losses;
  }

  private record Served(String adapter, Current version) {}

  private Map<Integer, Float> losses(
      List<ScoreRequest> requests, List<Integer> indexes, LoraWeights adapter) {
    List<TokenSequence> tokens =
        indexes.stream().map(index -> requests.get(index).tokens()).toList();
    float[] measured = decoder.score(tokens, adapter).losses();
    return IntStream.range(0, measured.length)
        .boxed()
        .collect(toMap(indexes::get, place -> measured[place]));
  }

  private ScoredExample scored(
      ScoreRequest request, Scores base, int index, Map<Integer, Float> adapterLosses) {
    Float adapterLoss = adapterLosses.get(index);
    Current adapter = request.adapter();
    return ScoredExample.newBuilder()
        .setExample(request.example())
        .setOrigin(request.origin())
        .setBaseDigest(identity.baseDigest())
        .setPromptTokens(request.tokens().length() - request.tokens().responseTokens())
        .setResponseTokens(request.tokens().responseTokens())
        .setBaseLoss(base.losses()[index])
        .setAdapterLoss(adapterLoss == null ? null : adapterLoss.doubleValue())
        .setAdapterVersion(adapter == null || adapterLoss == null ? null : adapter.version())
        .setEmbedding(
            identity.embeddings() ? HalfFloats.littleEndian(base.embeddings().get(index)) : null)
        .setScorerVersion(identity.build())
        .setScoredAt(clock.instant())
        .build();
  }
}
