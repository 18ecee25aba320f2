package io.alluvium.streams.weigh;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.OptionalDouble;

/** Policies by name. Pure. */
public enum WeighPolicy {
  /**
   * exp(-loss / temperature): what the base already finds easy counts more, so that old skills are
   * disturbed less. Source: FLOW (sample weighting by the pre-trained model's loss, temperature the
   * median loss), the sequence-wise form.
   */
  @JsonProperty("flow")
  FLOW("flow/1") {
    @Override
    double weight(double loss, double temperature) {
      return Math.exp(-loss / temperature);
    }

    @Override
    OptionalDouble stamped(double temperature) {
      return OptionalDouble.of(temperature);
    }
  },

  /** Every example counts the same. */
  @JsonProperty("uniform")
  UNIFORM("uniform/1") {
    @Override
    double weight(double loss, double temperature) {
      return 1;
    }

    @Override
    OptionalDouble stamped(double temperature) {
      return OptionalDouble.empty();
    }
  };

  private final String version;

  WeighPolicy(String version) {
    this.version = version;
  }

  /** Name and version, as records carry it; changes whenever the formula does. */
  public String version() {
    return version;
  }

  /**
   * The weight before importance and clamping.
   *
   * @param loss mean base loss, nats per response token
   * @param temperature temperature in force, nats per response token
   */
  abstract double weight(double loss, double temperature);

  /** The temperature as records carry it; empty where the policy has none. */
  abstract OptionalDouble stamped(double temperature);
}
