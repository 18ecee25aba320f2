package io.alluvium.trainer.bench.forgetting;

import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What of the system is switched on in one arm of the bench.
 *
 * @param name as it was written: parts with a plus between them
 * @param parts what is on
 * @param learningRate of AdamW at its height
 */
public record Arm(String name, Set<Part> parts, double learningRate) {
  /** Plain sequential training has none of them. */
  public enum Part {
    /** KL to the base on texts that it generated. */
    ANCHORS,
    /** Weights that fall with the base's loss. */
    FLOW,
    /** A share of earlier records in each window. */
    REPLAY,
    /** Candidates that harm are refused; without it training goes on from each. */
    GATE
  }

  private static final String NONE = "none";
  private static final String RATE = "lr=";

  /** Copies, and checks the learning rate as the trainer would. */
  public Arm {
    parts = Set.copyOf(parts);
    FineTuneConfig.defaults().withLearningRate(learningRate);
  }

  /**
   * Reads an arm: {@code none}, or {@code plain}, {@code default} (all parts) and parts such as
   * {@code anchors+replay}; {@code lr=0.001} among them sets the learning rate.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Arm of(String text) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    double learningRate = FineTuneConfig.defaults().learningRate();
    if (text.equals(NONE)) {
      return new Arm(text, parts, learningRate);
    }
    for (String word : text.split("\\+", -1)) {
      if (word.startsWith(RATE)) {
        learningRate = rate(word);
      } else {
        parts.addAll(parts(word));
      }
    }
    return new Arm(text, parts, learningRate);
  }

  /** Whether nothing is trained. */
  public boolean learnsNothing() {
    return name.equals(NONE);
  }

  /** Whether a part is on. */
  public boolean has(Part part) {
    return parts.contains(part);
  }

  /** How its rounds train: the product's defaults but for what the arm says. */
  FineTuneConfig config() {
    FineTuneConfig config = FineTuneConfig.defaults().withLearningRate(learningRate);
    AnchorConfig anchors = config.anchors();
    return has(Part.ANCHORS)
        ? config
        : config.withAnchors(new AnchorConfig(null, 0, anchors.maxTokens(), 0, 1));
  }

  private static Set<Part> parts(String word) {
    return switch (word) {
      case "plain" -> Set.of();
      case "default" -> EnumSet.allOf(Part.class);
      default -> Set.of(part(word));
    };
  }

  private static Part part(String word) {
    return Arrays.stream(Part.values())
        .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "an arm has no part \"%s\": none alone, or plain, default, anchors, flow, replay, gate and lr=RATE with + between them"
                        .formatted(word)));
  }

  private static double rate(String word) {
    try {
      return Double.parseDouble(word.substring(RATE.length()));
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(word + " is no learning rate: write lr=0.001");
    }
  }
}
