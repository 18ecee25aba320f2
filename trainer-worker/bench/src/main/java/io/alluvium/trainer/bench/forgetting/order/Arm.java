package io.alluvium.trainer.bench.forgetting.order;

import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.method.choice.Methods;
import io.alluvium.trainer.gate.GateConfig;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of the system is switched on in one arm of the bench.
 *
 * @param name as it was written: words with a plus between them
 * @param scheme how domains follow one another
 * @param parts what is on
 * @param amounts how much of it
 * @param methods of the literature by name, with their amounts
 */
public record Arm(
    String name, Scheme scheme, Set<Part> parts, Amounts amounts, Map<String, Double> methods) {
  /** How domains follow one another. */
  public enum Scheme {
    /** Nothing is trained. */
    NONE,
    /** One adapter learns one after the other. */
    SEQUENCE,
    /** One adapter learns all at once, their records shuffled: the ceiling. */
    JOINT,
    /** Each domain has an adapter of its own: what could be learned of it. */
    ALONE
  }

  /** Plain sequential training has none of them. */
  public enum Part {
    /** KL to the base on texts that it generated, or on those that its folder brings. */
    ANCHORS,
    /** Weights that fall with the base's loss. */
    FLOW,
    /** A share of earlier records in each window. */
    REPLAY,
    /** Candidates that harm are refused; without it training goes on from each. */
    GATE,
    /** Anchors are real old texts: what generated ones can at most come to. */
    OLD,
    /** Only the linears of the MLP are adapted. */
    MLP,
    /** Weights are divided by their mean over the domain. */
    NORMAL
  }

  /**
   * How much.
   *
   * @param learningRate of AdamW at its height
   * @param replayShare of a window; not a number for the product's default
   * @param kept share of a domain's records that is trained on, drawn at random
   * @param noise share of a domain's records whose answers are each other's
   * @param coefficient of the KL on anchors, where there are some
   * @param klBudget at which that KL is held; 0 for none
   * @param pullBacks of a candidate that forgets, where the arm has a gate
   * @param champion texts of the adapter's own on which it is held to itself, where it is anchored
   * @param fresh texts that the base generates for each round; 0 for those that it has
   * @param hard share of anchors that are drawn in proportion to their last KL
   */
  public record Amounts(
      double learningRate,
      double replayShare,
      double kept,
      double noise,
      double coefficient,
      double klBudget,
      int pullBacks,
      int champion,
      int fresh,
      double hard) {
    /** Checks every value; the message names the word. */
    public Amounts {
      FineTuneConfig.defaults().withLearningRate(learningRate);
      AnchorConfig.defaults().holding(coefficient, klBudget).choosing(champion, fresh, hard);
      GateConfig.defaults().pullingBack(pullBacks);
      if (replayShare < 0 || replayShare > 0.9) {
        throw new IllegalArgumentException("replay is " + replayShare + ", want 0 to 0.9");
      }
      if (!(kept > 0 && kept <= 1)) {
        throw new IllegalArgumentException("keep is " + kept + ", want above 0 and at most 1");
      }
      if (!(noise >= 0 && noise < 1)) {
        throw new IllegalArgumentException("noise is " + noise + ", want 0 or more and below 1");
      }
    }

    static Amounts byDefault() {
      AnchorConfig anchors = AnchorConfig.defaults();
      return new Amounts(
          FineTuneConfig.defaults().learningRate(),
          Double.NaN,
          1,
          0,
          anchors.coefficient(),
          anchors.klBudget(),
          GateConfig.defaults().pullBacks(),
          anchors.champion(),
          anchors.fresh(),
          anchors.hard());
    }

    private static int whole(String word, double value) {
      if (value != Math.rint(value)) {
        throw new IllegalArgumentException(word + " is " + value + ", want a whole number");
      }
      return (int) value;
    }

    private Amounts with(String word, double value) {
      return new Amounts(
          word.equals("lr") ? value : learningRate,
          word.equals("replay") ? value : replayShare,
          word.equals("keep") ? value : kept,
          word.equals("noise") ? value : noise,
          word.equals("hold") ? value : coefficient,
          word.equals("budget") ? value : klBudget,
          word.equals("pull") ? whole(word, value) : pullBacks,
          word.equals("champion") ? whole(word, value) : champion,
          word.equals("fresh") ? whole(word, value) : fresh,
          word.equals("hard") ? value : hard);
    }
  }

  private static final Set<String> WORDS =
      Set.of(
          "lr", "replay", "keep", "noise", "hold", "budget", "pull", "champion", "fresh", "hard");

  /** As PEFT's benches have it. */
  private static final List<String> MLP = List.of("gate_proj", "up_proj", "down_proj");

  private static final String NONE = "none";
  private static final Set<Part> DEFAULT = Set.of(Part.ANCHORS, Part.FLOW, Part.REPLAY, Part.GATE);

  /** Copies. */
  public Arm {
    parts = Set.copyOf(parts);
    methods = Map.copyOf(methods);
  }

  /**
   * Reads an arm: {@code none}, or words with a plus between them. {@code plain} (no part), {@code
   * default} (what the product does), the parts {@code anchors}, {@code flow}, {@code replay},
   * {@code gate}, {@code old}, {@code mlp}, {@code normal}; {@code joint} or {@code alone}; {@code
   * lr=RATE}, {@code replay=SHARE}, {@code keep=SHARE}, {@code noise=SHARE}, {@code
   * hold=COEFFICIENT}, {@code budget=NATS}, {@code pull=TIMES}, {@code champion=TEXTS}, {@code
   * hard=SHARE}; and any method as {@code NAME=AMOUNT}. {@code default} has the product's methods
   * too, but where the arm names another that says what is served.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Arm of(String text) {
    if (text.equals(NONE)) {
      return new Arm(text, Scheme.NONE, Set.of(), Amounts.byDefault(), Map.of());
    }
    Scheme scheme = Scheme.SEQUENCE;
    Set<Part> parts = EnumSet.noneOf(Part.class);
    Amounts amounts = Amounts.byDefault();
    Map<String, Double> methods = new TreeMap<>();
    for (String word : text.split("\\+", -1)) {
      int equals = word.indexOf('=');
      Optional<Scheme> named = scheme(word);
      if (equals > 0 && Methods.names().contains(word.substring(0, equals))) {
        methods.put(word.substring(0, equals), amount(word, equals));
      } else if (equals > 0) {
        amounts = amounts.with(word(word, equals), amount(word, equals));
        parts.addAll(word.startsWith("replay=") ? Set.of(Part.REPLAY) : Set.of());
      } else if (named.isPresent()) {
        scheme = named.get();
      } else {
        parts.addAll(parts(word));
      }
    }
    if (List.of(text.split("\\+", -1)).contains("default")
        && !Methods.of(methods).goPartOfTheWay()) {
      methods.putAll(FineTuneConfig.defaults().methods());
    }
    Methods.of(methods);
    return new Arm(text, scheme, parts, amounts, methods);
  }

  /** Whether a part is on. */
  public boolean has(Part part) {
    return parts.contains(part);
  }

  /** Whether adapters are held to anchors of whatever kind. */
  public boolean anchored() {
    return has(Part.ANCHORS) || has(Part.OLD);
  }

  /** How its rounds train: the product's defaults but for what the arm says. */
  public FineTuneConfig config() {
    FineTuneConfig config = FineTuneConfig.defaults().withLearningRate(amounts.learningRate());
    AnchorConfig anchors = config.anchors();
    AnchorConfig hold =
        anchored()
            ? anchors
                .holding(amounts.coefficient(), amounts.klBudget())
                .choosing(amounts.champion(), amounts.fresh(), amounts.hard())
            : new AnchorConfig(null, 0, anchors.maxTokens(), 0, 1);
    FineTuneConfig held = config.withAnchors(hold).withMethods(methods);
    return has(Part.MLP) ? held.withTargets(MLP) : held;
  }

  private static Optional<Scheme> scheme(String word) {
    return switch (word) {
      case "joint" -> Optional.of(Scheme.JOINT);
      case "alone" -> Optional.of(Scheme.ALONE);
      default -> Optional.empty();
    };
  }

  private static Set<Part> parts(String word) {
    return switch (word) {
      case "plain" -> Set.of();
      case "default" -> DEFAULT;
      default -> Set.of(part(word));
    };
  }

  private static Part part(String word) {
    return Arrays.stream(Part.values())
        .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() -> unknown(word));
  }

  private static IllegalArgumentException unknown(String word) {
    return new IllegalArgumentException(
        "an arm has no part \"%s\": none alone, or with + between them plain, default, anchors, flow, replay, gate, old, mlp, normal, joint, alone, lr=RATE, replay=SHARE, keep=SHARE, noise=SHARE, hold=COEFFICIENT, budget=NATS, pull=TIMES, champion=TEXTS, fresh=TEXTS, hard=SHARE, or a method as NAME=AMOUNT: %s"
            .formatted(word, Methods.names()));
  }

  private static String word(String word, int equals) {
    String name = word.substring(0, equals);
    if (!WORDS.contains(name)) {
      throw unknown(name);
    }
    return name;
  }

  private static double amount(String word, int equals) {
    try {
      return Double.parseDouble(word.substring(equals + 1));
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "%s is no number: write %s=0.001".formatted(word, word.substring(0, equals)));
    }
  }
}
