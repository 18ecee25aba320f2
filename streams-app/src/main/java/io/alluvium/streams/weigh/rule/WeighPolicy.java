package io.alluvium.streams.weigh.rule;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.alluvium.schemas.ScoredExample;

/** Policies by name. Pure. */
public enum WeighPolicy {
  /**
   * exp(-loss / temperature): what the base already finds easy counts more, so that old skills are
   * disturbed less. Source: FLOW (sample weighting by the pre-trained model's loss, temperature the
   * median loss), the sequence-wise form.
   */
  @JsonProperty("flow")
  FLOW(true) {
    @Override
    public double weight(ScoredExample scored, double temperature) {
      return Math.exp(-scored.getBaseLoss() / temperature);
    }
  },

  /** Every example counts the same. */
  @JsonProperty("uniform")
  UNIFORM(false) {
    @Override
    public double weight(ScoredExample scored, double temperature) {
      return 1;
    }
  },

  /**
   * exp(-temperature / loss), for comparison: the mirror image of FLOW about the median example,
   * which weighs the same under both. Hard first; between 0 and 1.
   */
  @JsonProperty("inverse")
  INVERSE(true) {
    @Override
    public double weight(ScoredExample scored, double temperature) {
      double loss = scored.getBaseLoss();
      return loss == 0 ? 0 : Math.exp(-temperature / loss);
    }
  },

  /**
   * The share of the base loss that the last published adapter took away, 0 to 1. Source: LoBaSS
   * (learnability: normalised drop from base to reference loss), the reference being that adapter.
   * 1 while there is none.
   */
  @JsonProperty("learnable")
  LEARNABLE(false) {
    @Override
    public double weight(ScoredExample scored, double temperature) {
      Double learned = scored.getAdapterLoss();
      double base = scored.getBaseLoss();
      if (learned == null) {
        return 1;
      }
      return base == 0 ? 0 : Math.min(Math.max((base - learned) / base, 0), 1);
    }
  };

  private static final int FORMULA = 1;

  private final boolean usesTemperature;

  WeighPolicy(boolean usesTemperature) {
    this.usesTemperature = usesTemperature;
  }

  /** Name and version of the formula, as records carry it. */
  public String version() {
    return name().toLowerCase(java.util.Locale.ROOT) + "/" + FORMULA;
  }

  /** Whether weights depend on the temperature, and records carry it. */
  public boolean usesTemperature() {
    return usesTemperature;
  }

  /**
   * The weight before everything else.
   *
   * @param temperature temperature in force, nats per response token
   */
  public abstract double weight(ScoredExample scored, double temperature);
}
