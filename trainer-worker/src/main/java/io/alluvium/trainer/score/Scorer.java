package io.alluvium.trainer.score;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.base.Scores;
import io.alluvium.trainer.base.text.TokenSequence;
import io.alluvium.trainer.score.CurrentAdapters.Current;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    this.adapters = new LoadedAdapters(decoder);
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Scores in order.
   *
   * @throws IOException when an adapter's folder cannot be read
   */
  public List<ScoredExample> score(List<ScoreRequest> requests) throws IOException {
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

  @Override
  public void close() {
    adapters.close();
  }

  private Map<Integer, Float> adapterLosses(List<ScoreRequest> requests) throws IOException {
    Map<Current, List<Integer>> byAdapter = new LinkedHashMap<>();
    for (int index = 0; index < requests.size(); index++) {
      Current adapter = requests.get(index).adapter();
      if (adapter != null) {
        byAdapter.computeIfAbsent(adapter, any -> new ArrayList<>()).add(index);
      }
    }
    Map<Integer, Float> losses = new LinkedHashMap<>();
    for (Map.Entry<Current, List<Integer>> group : byAdapter.entrySet()) {
      List<Integer> indexes = group.getValue();
      float[] measured =
          decoder
              .score(
                  indexes.stream().map(index -> requests.get(index).tokens()).toList(),
                  adapters.of(group.getKey()))
              .losses();
      for (int place = 0; place < measured.length; place++) {
        losses.put(indexes.get(place), measured[place]);
      }
    }
    return losses;
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
        .setAdapterVersion(adapter == null ? null : adapter.version())
        .setEmbedding(
            identity.embeddings() ? HalfFloats.littleEndian(base.embeddings().get(index)) : null)
        .setScorerVersion(identity.build())
        .setScoredAt(clock.instant())
        .build();
  }
}
