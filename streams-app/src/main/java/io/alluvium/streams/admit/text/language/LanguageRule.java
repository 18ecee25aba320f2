package io.alluvium.streams.admit.text.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.jspecify.annotations.Nullable;

/**
 * Is a response in a language that is learned? Apache OpenNLP's detector with its model of 103
 * languages, which takes about 40 MB once it is needed. An object belongs to one thread.
 */
public final class LanguageRule {
  private final LanguageConfig config;
  private final @Nullable LanguageDetectorME detector;

  /** With these languages; the model is loaded unless any language will do. */
  public LanguageRule(LanguageConfig config) {
    this.config = config;
    this.detector = config.allowed().isEmpty() ? null : new LanguageDetectorME(Model.LANGUAGES);
  }

  /** What it is instead, where it is clearly no allowed language. */
  public Optional<String> check(String response) {
    if (detector == null || response.length() < config.minCharacters()) {
      return Optional.empty();
    }
    String beginning = response.substring(0, Math.min(response.length(), config.characters()));
    Language[] languages = detector.predictLanguages(beginning);
    Language best = languages[0];
    double allowed = bestAllowed(languages);
    return best.getConfidence() > allowed * config.ratio()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "looks like %s (%.3f), the most probable of %s has %.3f",
                best.getLang(),
                best.getConfidence(),
                config.allowed(),
                allowed))
        : Optional.empty();
  }

  private double bestAllowed(Language... languages) {
    for (Language language : languages) {
      if (config.allowed().contains(language.getLang())) {
        return language.getConfidence();
      }
    }
    return 0;
  }

  /** Read once for the process, when it is first needed. */
  private static final class Model {
    private static final String RESOURCE = "/langdetect-183.bin";
    private static final LanguageDetectorModel LANGUAGES = read();

    private static LanguageDetectorModel read() {
      try (InputStream in =
          Objects.requireNonNull(LanguageRule.class.getResourceAsStream(RESOURCE), RESOURCE)) {
        return new LanguageDetectorModel(in);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
