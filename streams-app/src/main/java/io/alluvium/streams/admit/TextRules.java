package io.alluvium.streams.admit;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.secret.Finding;
import io.alluvium.streams.admit.secret.Masking;
import io.alluvium.streams.admit.secret.SecretAction;
import io.alluvium.streams.admit.secret.SecretKind;
import io.alluvium.streams.admit.secret.SecretScan;
import io.alluvium.streams.admit.suite.LeakRule;
import io.alluvium.streams.admit.suite.SuiteBook;
import io.alluvium.streams.admit.text.LanguageRule;
import io.alluvium.streams.admit.text.Profile;
import io.alluvium.streams.admit.text.Quality;
import io.alluvium.streams.fate.Refusal;
import io.alluvium.streams.fate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules on what the texts of an example say, in order; the first that says no is the reason.
 * What a policy masks is masked before the example goes on. An object belongs to one thread.
 */
final class TextRules {
  private final AdmitConfig config;
  private final Quality quality;
  private final LanguageRule language;
  private final LeakRule leak;

  TextRules(AdmitConfig config, SuiteBook suites) {
    this.config = config;
    this.quality = new Quality(config.quality());
    this.language = new LanguageRule(config.language());
    this.leak = new LeakRule(suites, config.suites());
  }

  /**
   * Judges an example of sound form.
   *
   * @param logTimeMs log time, milliseconds since the epoch
   */
  Verdict<TrainingExample> judge(TrainingExample example, long logTimeMs) {
    List<String> texts = ContentRules.texts(example);
    String response = texts.get(texts.size() - 1);
    Profile profile = Profile.of(response);
    Optional<Refusal> plain = tokens(texts, profile).or(() -> remnant(texts));
    if (plain.isPresent()) {
      return new Verdict.Refuse<>(plain.get());
    }
    Secrets secrets = secrets(texts);
    Optional<Refusal> refusal =
        secrets
            .refusal()
            .or(() -> quality(response, profile))
            .or(() -> language.check(response).map(found -> no(TextReason.LANGUAGE, found)))
            .or(() -> leak.check(texts, logTimeMs).map(found -> no(TextReason.SUITE_LEAK, found)));
    if (refusal.isPresent()) {
      return new Verdict.Refuse<>(refusal.get());
    }
    return secrets.isMasked(texts)
        ? new Verdict.Masked<>(ContentRules.withTexts(example, secrets.texts()))
        : new Verdict.Pass<>(example);
  }

  private Optional<Refusal> tokens(List<String> texts, Profile response) {
    int tokens = response.tokens();
    for (int i = 0; i < texts.size() - 1; i++) {
      tokens += Profile.of(texts.get(i)).tokens();
    }
    return tokens <= config.maxTokens()
        ? Optional.empty()
        : Optional.of(
            no(
                TextReason.TOO_MANY_TOKENS,
                "about %d tokens, at most %d are allowed".formatted(tokens, config.maxTokens())));
  }

  private Optional<Refusal> remnant(List<String> texts) {
    for (String text : texts) {
      Optional<Quality.Finding> found = quality.remnant(text);
      if (found.isPresent()) {
        return found.map(TextRules::refusal);
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> quality(String response, Profile profile) {
    return quality.check(response, profile).map(TextRules::refusal);
  }

  private static Refusal refusal(Quality.Finding finding) {
    TextReason reason =
        switch (finding.fault()) {
          case REPETITIVE -> TextReason.REPETITIVE;
          case SYMBOLS -> TextReason.SYMBOLS;
          case COMPRESSIBLE -> TextReason.COMPRESSIBLE;
          case REMNANT -> TextReason.TEMPLATE_REMNANT;
        };
    return no(reason, finding.detail());
  }

  private Secrets secrets(List<String> texts) {
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
      masked.add(Masking.masked(text, findings, config.secrets()));
    }
    return new Secrets(Optional.empty(), masked);
  }

  private Optional<Refusal> rejected(List<Finding> findings, int part) {
    return findings.stream()
        .filter(found -> config.secrets().action(found.kind()) == SecretAction.REJECT)
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
  private record Secrets(Optional<Refusal> refusal, List<String> texts) {
    boolean isMasked(List<String> before) {
      return !texts.equals(before);
    }
  }
}
