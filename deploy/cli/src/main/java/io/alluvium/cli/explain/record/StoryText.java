package io.alluvium.cli.explain.record;

import static java.util.stream.Collectors.joining;

import io.alluvium.cli.explain.fact.Facts;
import io.alluvium.cli.explain.fact.Sighting;
import io.alluvium.schemas.AdapterVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A story in words, one fact per line. Pure.
 *
 * @param epochs passes over a version's window; empty where they are not known
 */
public record StoryText(Function<AdapterVersion, Optional<Integer>> epochs) {

  /** Where it stands, then wherever it was seen. */
  public List<String> lines(RecordStory story) {
    List<String> lines = new ArrayList<>();
    String adapter = story.adapter().isEmpty() ? "(no adapter)" : story.adapter();
    lines.add("%s  %s  %s".formatted(story.id(), adapter, story.standing().words()));
    for (Sighting one : story.sightings()) {
      lines.add(seen(one));
      Fate fate = story.fates().get(one);
      if (fate != null) {
        lines.add("             " + fate(story.adapter(), fate));
      }
    }
    if (!story.fates().isEmpty()) {
      lines.add("  in all     " + sum(story));
    }
    return lines;
  }

  private static String seen(Sighting one) {
    return "  %-9s  %s  %s  %s"
        .formatted(
            title(one.facts()), Instant.ofEpochMilli(one.timeMs()), one.place(), said(one.facts()))
        .stripTrailing();
  }

  private static String title(Facts facts) {
    if (facts instanceof Facts.Weighed weighed) {
      return weighed.replayOf() == null ? "weighed" : "replayed";
    } else if (facts instanceof Facts.InReview) {
      return "in review";
    }
    return facts.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String said(Facts facts) {
    if (facts instanceof Facts.Scored scored) {
      return scored(scored);
    } else if (facts instanceof Facts.Weighed weighed) {
      return weighed(weighed);
    } else if (facts instanceof Facts.Refused refused) {
      return "%s %s of %s: `alluvium rejections show %s` has the words"
          .formatted(refused.stage(), refused.reason(), refused.origin(), refused.origin());
    }
    return "";
  }

  private static String scored(Facts.Scored scored) {
    String base =
        String.format(
            Locale.ROOT,
            "base loss %.4f, %d + %d tokens",
            scored.baseLoss(),
            scored.promptTokens(),
            scored.responseTokens());
    return scored.adapterLoss() == null
        ? base + ", no version yet"
        : base
            + String.format(
                Locale.ROOT,
                ", adapter loss %.4f under version %d",
                scored.adapterLoss(),
                scored.adapterVersion());
  }

  private static String weighed(Facts.Weighed weighed) {
    List<String> parts = new ArrayList<>();
    parts.add(String.format(Locale.ROOT, "weight %.4f", weighed.weight()));
    if (weighed.temperature() != null) {
      parts.add(String.format(Locale.ROOT, "temperature %.4f", weighed.temperature()));
    }
    if (weighed.noveltyClass() != null) {
      parts.add(weighed.noveltyClass().toLowerCase(Locale.ROOT) + novelty(weighed.noveltyScore()));
    }
    parts.add("lane " + Objects.requireNonNullElse(weighed.lane(), "main"));
    parts.add("policy " + weighed.policyVersion());
    if (weighed.replayOf() != null) {
      parts.add("of " + weighed.replayOf());
    }
    return String.join(", ", parts);
  }

  private static String novelty(@org.jspecify.annotations.Nullable Double score) {
    return score == null ? "" : String.format(Locale.ROOT, " (%.3f)", score);
  }

  private String fate(String adapter, Fate fate) {
    if (fate instanceof Fate.Taken taken) {
      return taken(taken) + " by " + name(adapter, taken.event());
    } else if (fate instanceof Fate.RefusedByTrainer refused) {
      return "refused by the trainer: " + refused.refusal().reason();
    } else if (fate instanceof Fate.PassedOver passed) {
      return "in no window, though a later one ends at offset %d: `alluvium verify` looks into it"
          .formatted(passed.settledBelow());
    }
    long settled = ((Fate.Waiting) fate).settledBelow();
    return settled == 0
        ? "waits: no window of this adapter was cut from the partition yet"
        : "waits: the adapter's last window of the partition ends at offset " + settled;
  }

  private String taken(Fate.Taken taken) {
    if (taken instanceof Fate.Trained) {
      return "trained on" + times(taken.event());
    } else if (taken instanceof Fate.HeldOut) {
      return "held out, judged the candidate";
    } else if (taken instanceof Fate.SetAside aside) {
      return "set aside (%s)".formatted(aside.refusal().reason());
    }
    return "trained on or held out (the event lists too few offsets to tell)";
  }

  private String times(AdapterVersion event) {
    return epochs.apply(event).map(passes -> " in %d epochs".formatted(passes)).orElse("");
  }

  private static String name(String adapter, AdapterVersion event) {
    return "%s@%d (%s)"
        .formatted(adapter, event.getVersion(), event.getOutcome().name().toLowerCase(Locale.ROOT));
  }

  private String sum(RecordStory story) {
    return "trained on in %d windows%s, held out in %d, waiting %d"
        .formatted(
            story.count(Fate.Trained.class),
            passes(story),
            story.count(Fate.HeldOut.class),
            story.count(Fate.Waiting.class));
  }

  /** Windows times their epochs, where all of them are known. */
  private String passes(RecordStory story) {
    List<Optional<Integer>> passes =
        story.fates().values().stream()
            .filter(Fate.Trained.class::isInstance)
            .map(fate -> epochs.apply(((Fate.Trained) fate).event()))
            .toList();
    boolean known = !passes.isEmpty() && passes.stream().allMatch(Optional::isPresent);
    return known
        ? passes.stream()
            .map(one -> one.orElseThrow().toString())
            .collect(joining(" + ", " (", " passes)"))
        : "";
  }
}
