package io.alluvium.cli.explain.version;

import static java.util.stream.Collectors.joining;

import io.alluvium.cli.watch.VersionText;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A version's story in words, one fact per line. Pure. */
public final class VersionStoryText {
  /** More would hide the lines below; JSON has them all. */
  private static final int MOST_COUNTS = 8;

  private static final int SHOWN_CHARACTERS = 60;

  private VersionStoryText() {}

  /** All of it. */
  public static List<String> lines(VersionStory story) {
    List<String> lines = new ArrayList<>(VersionText.details(story.event()));
    lines.add("  method     " + method(story.event()));
    lines.add(
        "  settings   " + story.settings().map(VersionStoryText::settings).orElse(unknown(story)));
    lines.addAll(mix(story.mix()));
    story.chain().links().forEach(link -> lines.add("  chain      " + link(link)));
    story.samples().forEach(sample -> lines.add("  sample     " + sample(sample)));
    return lines;
  }

  private static String method(AdapterVersion event) {
    return String.format(
        Locale.ROOT,
        "%s, rank %d, alpha %s, of %s, by %s",
        event.getKind(),
        event.getRank(),
        event.getAlpha(),
        String.join(" ", event.getTargets()),
        event.getBuild());
  }

  private static String settings(FineTuneConfig settings) {
    return "%d epochs, batches of %d, learning rate %s, seed %d"
        .formatted(
            settings.epochs(), settings.batchSize(), settings.learningRate(), settings.seed());
  }

  private static String unknown(VersionStory story) {
    return "digest %s: name the trainer's configuration with --trainer to see them"
        .formatted(story.event().getConfigDigest());
  }

  private static List<String> mix(WindowMix mix) {
    WindowMix.Weights weights = mix.weights();
    List<String> lines = new ArrayList<>();
    lines.add(
        "  records    %d: %d fresh, %d replayed; the log still has %d"
            .formatted(mix.records(), mix.records() - mix.replayed(), mix.replayed(), mix.read()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  weights    least %.4f, median %.4f, most %.4f, %.1f %% are zero",
            weights.least(),
            weights.median(),
            weights.most(),
            100 * weights.zeroShare()));
    lines.add("  novelty    " + counts(mix.counts().novelty()));
    lines.add("  sources    " + counts(mix.counts().sources()));
    lines.add("  labels     " + counts(mix.counts().labels()));
    return lines;
  }

  private static String counts(Map<String, Long> counts) {
    String shown =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
            .limit(MOST_COUNTS)
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(joining(", "));
    String more = counts.size() > MOST_COUNTS ? ", ... (%d)".formatted(counts.size()) : "";
    return counts.isEmpty() ? "none" : shown + more;
  }

  private static String link(AdapterVersion link) {
    OffsetRange range = link.getWindow();
    Long from = Chain.from(link);
    return "%s@%d %s  %s-%d [%d, %d)  from %s%s"
        .formatted(
            link.getAdapter(),
            link.getVersion(),
            link.getOutcome().name().toLowerCase(Locale.ROOT),
            range.getTopic(),
            range.getPartition(),
            range.getFirstOffset(),
            range.getNextOffset(),
            from == null ? "the base, fresh" : link.getAdapter() + "@" + from,
            reasons(link));
  }

  private static String reasons(AdapterVersion link) {
    List<String> reasons = link.getVerdict().getReasons();
    return reasons.isEmpty() ? "" : "  " + String.join("; ", reasons);
  }

  private static String sample(Entry sample) {
    ScoredExample scored = sample.example().getScored();
    Double adapterLoss = scored.getAdapterLoss();
    String adapter =
        adapterLoss == null
            ? ""
            : String.format(
                Locale.ROOT, ", %.4f under version %d", adapterLoss, scored.getAdapterVersion());
    return String.format(
        Locale.ROOT,
        "%s  base loss %.4f%s  %s",
        sample.id(),
        scored.getBaseLoss(),
        adapter,
        excerpt(sample.sent()));
  }

  private static String excerpt(TrainingExample example) {
    String text = text(example).replaceAll("\\s+", " ");
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
  }

  private static String text(TrainingExample example) {
    List<Message> turns = example.getMessages();
    return turns == null
        ? example.getPrompt() + " =>" + example.getCompletion()
        : turns.stream()
            .map(turn -> turn.getRole() + ": " + turn.getContent())
            .collect(joining(" "));
  }
}
