package io.alluvium.cli.local.plan;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.trainer.model.check.ConfigFields;
import io.alluvium.trainer.model.tokenizer.TokenizerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The texts that a base's tokenizer takes for control tokens, which must not stand in what
 * producers send: of the added tokens in tokenizer.json those that are special, those written
 * {@code <|…|>}, and those that end a text or turn by the word of the other files. Further added
 * tokens, such as runs of blanks or {@code <think>}, are text.
 */
final class ControlTokens {
  private ControlTokens() {}

  /**
   * In alphabetical order; empty for a folder without tokenizer.json, of which nothing is known.
   *
   * @throws CommandException (usage) when a file is no JSON or names no token
   */
  static Optional<List<String>> of(Path base) {
    if (!Files.isRegularFile(base.resolve("tokenizer.json"))) {
      return Optional.empty();
    }
    try {
      List<Integer> configured = ConfigFields.read(base.resolve("config.json")).ids("eos_token_id");
      return Optional.of(of(TokenizerSettings.read(base, configured), configured));
    } catch (IOException unusable) {
      throw CommandException.usage(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  private static List<String> of(TokenizerSettings tokens, List<Integer> configured) {
    return tokens.added().entrySet().stream()
        .filter(
            token ->
                tokens.special().contains(token.getKey())
                    || isMark(token.getKey())
                    || tokens.ends().contains(token.getValue())
                    || configured.contains(token.getValue()))
        .map(Map.Entry::getKey)
        .filter(text -> !text.isBlank())
        .sorted()
        .toList();
  }

  private static boolean isMark(String text) {
    return text.startsWith("<|") && text.endsWith("|>");
  }
}
