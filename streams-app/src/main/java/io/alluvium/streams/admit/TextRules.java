package io.alluvium.streams.admit;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.form.ContentRules;
import io.alluvium.streams.admit.form.ToolRules;
import io.alluvium.streams.admit.mark.Placeholders;
import io.alluvium.streams.admit.mark.SpecialTokens;
import io.alluvium.streams.admit.reason.TextReason;
import io.alluvium.streams.admit.secret.Finding;
import io.alluvium.streams.admit.secret.Masking;
import io.alluvium.streams.admit.secret.SecretConfig;
import io.alluvium.streams.admit.secret.SecretKind;
import io.alluvium.streams.admit.secret.SecretScan;
import io.alluvium.streams.admit.suite.LeakRule;
import io.alluvium.streams.admit.suite.SuiteBook;
import io.alluvium.streams.admit.text.TextProfile;
import io.alluvium.streams.admit.text.language.LanguageRule;
import io.alluvium.streams.admit.text.quality.QualityRule;
import io.alluvium.streams.stage.verdict.Refusal;
import io.alluvium.streams.stage.verdict.Verdict;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The rules on what the texts of an example say, in order; the first that says no is the reason.
 * What a policy masks is masked before the example goes on. An object belongs to one thread.
 */
public final class TextRules {
  private final AdmitConfig config;
  private final QualityRule quality;
  private final LanguageRule language;
  private final LeakRule leak;
  private final SpecialTokens specialTokens;

  /** With these limits and suites. */
  public TextRules(AdmitConfig config, SuiteBook suites) {
    this.config = config;
    this.quality = new QualityRule(config.quality());
    this.language = new LanguageRule(config.language());
    this.leak = new LeakRule(suites, config.suites());
    this.specialTokens = new SpecialTokens(config.specialTokens().tokens());
  }

  /**
   * Judges an example of sound form.
   *
   * @param logTimeMs log time, milliseconds since the epoch
   */
  public Verdict<TrainingExample> judge(TrainingExample example, long logTimeMs) {
    List<String> texts = ContentRules.parts(example);
    ContentRules.Places places = ContentRules.places(example);
    List<String> spoken = ContentRules.spoken(example);
    List<TextProfile> profiles = texts.stream().map(TextProfile::of).toList();
    Optional<Refusal> plain =
        tokens(profiles)
            .or(() -> remnant(spoken))
            .or(() -> placeholder(spoken))
            .or(() -> specialToken(texts));
    if (plain.isPresent()) {
      return new Verdict.Refuse<>(plain.get());
    }
    Secrets secrets = secrets(texts, places.notation());
    Optional<Refusal> refusal =
        secrets
            .refusal()
            .or(() -> answers(places.answers(), texts, profiles))
            .or(() -> leak.check(texts, logTimeMs).map(found -> no(TextReason.SUITE_LEAK, found)));
    if (refusal.isPresent()) {
      return new Verdict.Refuse<>(refusal.get());
    }
    List<String> masked = specialTokensMasked(secrets.texts());
    return masked.equals(texts)
        ? new Verdict.Pass<>(example)
        : new Verdict.Masked<>(ContentRules.withParts(example, masked));
  }

  private Optional<Refusal> tokens(List<TextProfile> profiles) {
    int tokens = profiles.stream().mapToInt(TextProfile::tokens).sum();
    return tokens <= config.maxTokens()
        ? Optional.empty()
        : Optional.of(
            no(
                TextReason.TOO_MANY_TOKENS,
                "about %d tokens, at most %d are allowed".formatted(tokens, config.maxTokens())));
  }

  private Optional<Refusal> remnant(List<String> texts) {
    for (String text : texts) {
      Optional<QualityRule.Finding> found = quality.remnant(text);
      if (found.isPresent()) {
        return found.map(TextRules::refusal);
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> placeholder(List<String> texts) {
    return config.quality().placeholders()
        ? Placeholders.unfilled(texts)
            .map(found -> no(TextReason.TEMPLATE_REMNANT, "holds \"" + found + "\" not filled in"))
        : Optional.empty();
  }

  private Optional<Refusal> specialToken(List<String> texts) {
    if (config.specialTokens().action() != SecretConfig.Action.REJECT) {
      return Optional.empty();
    }
    for (int i = 0; i < texts.size(); i++) {
      Optional<String> found = specialTokens.first(texts.get(i));
      if (found.isPresent()) {
        String detail = "holds \"%s\" in text %d".formatted(found.get(), i + 1);
        return Optional.of(no(TextReason.SPECIAL_TOKEN, detail));
      }
    }
    return Optional.empty();
  }

  private List<String> specialTokensMasked(List<String> texts) {
    return config.specialTokens().action() == SecretConfig.Action.MASK
        ? texts.stream().map(specialTokens::masked).toList()
        : texts;
  }

  /** Every answer that is trained must be of use. */
  private Optional<Refusal> answers(int[] places, List<String> texts, List<TextProfile> profiles) {
    for (int place : places) {
      Optional<Refusal> refusal = answer(texts.get(place), profiles.get(place));
      if (refusal.isPresent()) {
        return refusal.map(found -> places.length == 1 ? found : inText(found, place));
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> answer(String text, TextProfile profile) {
    return quality
        .check(text, profile)
        .map(TextRules::refusal)
        .or(() -> language.check(text).map(found -> no(TextReason.LANGUAGE, found)));
  }

  private static Refusal inText(Refusal refusal, int place) {
    return new Refusal(refusal.reason(), refusal.detail() + ", text " + (place + 1));
  }

  private static Refusal refusal(QualityRule.Finding finding) {
    TextReason reason =
        switch (finding.fault()) {
          case REPETITIVE -> TextReason.REPETITIVE;
          case SYMBOLS -> TextReason.SYMBOLS;
          case COMPRESSIBLE -> TextReason.COMPRESSIBLE;
          case REMNANT -> TextReason.TEMPLATE_REMNANT;
        };
    return no(reason, finding.detail());
  }

  private Secrets secrets(List<String> texts, BitSet notation) {
    List<String> masked = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      List<Finding> findings = SecretScan.of(text);
      if (findings.isEmpty()) {
        masked.add(text);
        continue;
      }
      Optional<Refusal> refusal = rejected(findings, i + 1);
      if (refusal.isPresent()) {
        return new Secrets(refusal, texts);
      }
      String without = Masking.masked(text, findings, config.secrets());
      if (notation.get(i) && !ToolRules.isArray(without)) {
        return new Secrets(Optional.of(unmaskable(findings.get(0), i + 1)), texts);
      }
      masked.add(without);
    }
    return new Secrets(Optional.empty(), masked);
  }

  /** A number that becomes a word, say: without it the calls could not be read any more. */
  private static Refusal unmaskable(Finding found, int part) {
    return no(
        reason(found.kind()),
        "%s of text %d, which is JSON and would be none with it masked"
            .formatted(found.evidence(), part));
  }

  private Optional<Refusal> rejected(List<Finding> findings, int part) {
    return findings.stream()
        .filter(found -> config.secrets().action(found.kind()) == SecretConfig.Action.REJECT)
        .map(found -> no(reason(found.kind()), found.evidence() + " of text " + part))
        .findFirst();
  }

  private static TextReason reason(SecretKind kind) {
    return switch (kind) {
      case KEY -> TextReason.SECRET_KEY;
      case CREDENTIAL -> TextReason.SECRET_CREDENTIAL;
      case CARD -> TextReason.PERSONAL_CARD;
      case IBAN -> TextReason.PERSONAL_IBAN;
      case EMAIL -> TextReason.PERSONAL_EMAIL;
      case PHONE -> TextReason.PERSONAL_PHONE;
    };
  }

  private static Refusal no(TextReason reason, String detail) {
    return new Refusal(reason, detail);
  }

  /** What came of looking for secrets: a refusal, or the texts as they go on. */
  private record Secrets(Optional<Refusal> refusal, List<String> texts) {}
}
