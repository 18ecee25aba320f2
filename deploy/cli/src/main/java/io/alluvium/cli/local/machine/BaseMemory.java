package io.alluvium.cli.local.machine;

import com.sun.management.OperatingSystemMXBean;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.need.Need;
import io.alluvium.trainer.need.TrainingNeed;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Whether a base can be trained on this machine beside all that {@code up} starts.
 *
 * @param base the base's name
 * @param need what training needs
 * @param under the same under further settings, {@code trainer.…}
 * @param machineBytes memory that there is
 */
public record BaseMemory(
    String base,
    TrainingNeed need,
    Function<Map<String, String>, TrainingNeed> under,
    long machineBytes) {
  /** Broker, registry and streams-app with their heaps. */
  private static final long OTHERS = 1L << 30;

  private static final double GIGA = 1e9;

  private static final String PASS_TOKENS = "trainer.finetune.loop.microBatchTokens";
  private static final String RECOMPUTE = "trainer.finetune.gradientCheckpointing";

  /** What is told to take less, the cheapest in time first. */
  private static final List<Map<String, String>> REMEDIES =
      List.of(
          Map.of(PASS_TOKENS, "1024"),
          Map.of(RECOMPUTE, "true"),
          Map.of(PASS_TOKENS, "1024", RECOMPUTE, "true"));

  /** On the machine that this program runs on, or the container that holds it. */
  public static BaseMemory of(Path base, Function<Map<String, String>, TrainingNeed> under) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new BaseMemory(
        String.valueOf(base.toAbsolutePath().getFileName()),
        under.apply(Map.of()),
        under,
        system.getTotalMemorySize());
  }

  /** One line: what is needed for what, and what there is. */
  public String line() {
    Need most = need.most();
    Need scoring = need.scoring();
    return String.format(
        Locale.ROOT,
        "%s needs %s, up to %s GB with the longest records, of %s GB: weights %s GB%s, step up to %s, adapters and"
            + " moments %s, anchors %s, both workers' programs %s, scoring %s, the rest %s; each version %s GB of disk",
        base,
        giga(least(need)),
        giga(most(need)),
        giga(machineBytes),
        giga(most.mappedWeights() + 2 * most.ownWeights()),
        most.ownWeights() == 0 ? " of mapped file" : " (each worker converts its own)",
        giga(most.pass()),
        giga(most.adapter()),
        giga(most.anchors()),
        giga(most.program() + scoring.program()),
        giga(scoring.pass() + scoring.adapter()),
        giga(OTHERS),
        giga(most.versionDisk()));
  }

  /** Whether one record at a time can be trained on. */
  public boolean fits() {
    return elsewhere() || least(need) <= machineBytes;
  }

  /**
   * Refuses what cannot fit.
   *
   * @return a warning where records of the longest would not fit
   * @throws CommandException (usage) naming need, memory and remedy
   */
  public Optional<String> ensureFits() {
    if (elsewhere()) {
      return Optional.empty();
    }
    if (least(need) > machineBytes) {
      throw CommandException.usage(refusal());
    }
    return most(need) <= machineBytes
        ? Optional.empty()
        : Optional.of(
            "warning: base %s may need %s GB where all records of a batch are as long as may be, this machine has %s GB: %s"
                .formatted(base, giga(most(need)), giga(machineBytes), remedy(this::most)));
  }

  /** What is said where it does not fit. */
  public String refusal() {
    return "base %s needs %s GB to train, this machine has %s GB: %s"
        .formatted(base, giga(least(need)), giga(machineBytes), remedy(this::least));
  }

  private String remedy(ToLongFunction<TrainingNeed> bytes) {
    for (Map<String, String> remedy : REMEDIES) {
      long then = bytes.applyAsLong(under.apply(remedy));
      if (then <= machineBytes) {
        return "with %s it needs %s GB".formatted(options(remedy), giga(then));
      }
    }
    return bytesPerWeight() < Float.BYTES
        ? "take a smaller base, or a machine with more memory"
        : "take a copy of it in bf16, a smaller base, or a machine with more memory";
  }

  private double bytesPerWeight() {
    double bytes = need.weights().mapped() + need.weights().own();
    return bytes / WeightSlot.all(need.shape()).stream().mapToLong(WeightSlot::elements).sum();
  }

  private static String options(Map<String, String> settings) {
    return settings.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(setting -> "--set %s=%s".formatted(setting.getKey(), setting.getValue()))
        .reduce((a, b) -> a + " " + b)
        .orElse("");
  }

  /** On a GPU weights and steps are in its memory. */
  private boolean elsewhere() {
    return !need.engine().device().isCpu();
  }

  private long least(TrainingNeed need) {
    return together(need.least(), need.scoring());
  }

  private long most(TrainingNeed need) {
    return together(need.most(), need.scoring());
  }

  private static long together(Need training, Need scoring) {
    return training.mappedWeights() + training.anonymous() + scoring.anonymous() + OTHERS;
  }

  private static String giga(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / GIGA);
  }
}
