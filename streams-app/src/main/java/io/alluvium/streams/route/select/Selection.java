package io.alluvium.streams.route.select;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.streams.hold.StableHash;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.novelty.candidate.Novelty;
import java.util.Objects;

/** What is kept when there is more than the trainer can take: the largest keys. Pure. */
public enum Selection {
  /** Any. */
  @JsonProperty("random")
  RANDOM {
    @Override
    double score(Candidate candidate, TargetText target) {
      return 0;
    }
  },

  /**
   * Importance resampling towards the target texts: log of the target's probability over the
   * stream's, plus Gumbel noise, so that the largest keys are a sample without replacement in
   * proportion to the ratio. Source: DSIR (Xie et al. 2023). The ratio is taken per n-gram and
   * multiplied by a fixed number of them: sums would let length decide.
   */
  @JsonProperty("dsir")
  DSIR {
    @Override
    double score(Candidate candidate, TargetText target) {
      Novelty novelty = candidate.novelty();
      return novelty == null
          ? 0
          : NGRAMS
              * (novelty.signals().getLexicalSurprise()
                  - target.surprise(candidate.scored().getExample()));
    }
  },

  /**
   * The share of the base loss that the last adapter took away; 0 before there is one. Source:
   * LoBaSS.
   */
  @JsonProperty("learnable")
  LEARNABLE {
    @Override
    double score(Candidate candidate, TargetText target) {
      ScoredExample scored = candidate.scored();
      Double learned = scored.getAdapterLoss();
      double base = scored.getBaseLoss();
      return learned == null || base == 0 ? 0 : SHARP * (base - learned) / base;
    }
  },

  /** The largest novelty score. */
  @JsonProperty("novelty")
  NOVELTY {
    @Override
    double score(Candidate candidate, TargetText target) {
      Novelty novelty = candidate.novelty();
      return novelty == null ? 0 : SHARP * Objects.requireNonNullElse(novelty.score(), 0.0);
    }
  },

  /** The longest response; the baseline that any other has to beat. */
  @JsonProperty("longest")
  LONGEST {
    @Override
    double score(Candidate candidate, TargetText target) {
      return SHARP * candidate.scored().getResponseTokens();
    }
  };

  private static final double NGRAMS = 16;

  /** So large that the noise decides among equals only. */
  private static final double SHARP = 1e6;

  abstract double score(Candidate candidate, TargetText target);

  /** Score and Gumbel noise from seed and id; the same whenever the same log is read. */
  public double key(Candidate candidate, TargetText target, long seed) {
    double uniform =
        StableHash.uniform(
            StableHash.of(seed, StableHash.of(candidate.scored().getExample().getId())));
    return score(candidate, target) - Math.log(-Math.log(uniform));
  }
}
