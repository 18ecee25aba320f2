package io.alluvium.trainer.finetune.anchor;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a base write its own anchors: samples from the begin token at temperature 1, some at a time.
 *
 * @param decoder the base
 * @param config how many, how long, from which seed
 * @param made told how many there are, each time that some were added
 */
public record AnchorMaker(Decoder decoder, FineTuneConfig config, IntConsumer made) {
  /** As many as the decoder continues at once, so that nothing is computed in other company. */
  private static final int TOGETHER = 64;

  /** With nobody to be told. */
  public AnchorMaker(Decoder decoder, FineTuneConfig config) {
    this(decoder, config, count -> {});
  }

  /**
   * Makes them once per base and settings: the file is kept in the work folder and read again by
   * later starts, and a start that was stopped on the way is gone on from.
   *
   * @param baseDigest digest of the decoder's folder
   * @param workFolder where the file lies; made if absent
   */
  public Anchors once(String baseDigest, Path workFolder) throws IOException {
    String name =
        "anchors-%s-%d-%d-%d.jsonl"
            .formatted(
                baseDigest.substring(0, Math.min(16, baseDigest.length())),
                config.anchors().generate(),
                config.anchors().maxTokens(),
                config.seed());
    Path file = workFolder.resolve(name);
    if (!Files.isRegularFile(file)) {
      Files.createDirectories(workFolder);
      goOn(file);
    }
    return Anchors.of(AnchorFile.readIds(file));
  }

  /**
   * Makes them anew into a JSONL file that {@link Anchors#load} reads; it is there whole or not at
   * all.
   *
   * @param file in a folder that exists
   */
  public void write(Path file) throws IOException {
    Files.deleteIfExists(staged(file));
    goOn(file);
  }

  private void goOn(Path file) throws IOException {
    AnchorConfig anchors = config.anchors();
    int count = AnchorFile.keepWhole(staged(file), TOGETHER);
    while (count < anchors.generate()) {
      int next = Math.min(TOGETHER, anchors.generate() - count);
      AnchorFile.append(staged(file), sample(null, config.seed(), count, next));
      count += next;
      made.accept(count);
    }
    Files.move(staged(file), file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path staged(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  /**
   * Texts that the base generates from its begin token, kept nowhere.
   *
   * @param adapter beside the base; null for the base alone
   * @param count how many
   * @param seed of what is drawn
   */
  public Anchors by(@Nullable LoraWeights adapter, int count, long seed) {
    return Anchors.of(sample(adapter, seed, 0, count));
  }

  private List<int[]> sample(@Nullable LoraWeights adapter, long seed, int first, int count) {
    int begin = beginToken(decoder.config());
    int newTokens = Math.min(config.anchors().maxTokens(), decoder.maxTokens()) - 1;
    GenerationOptions options = new GenerationOptions(newTokens, 1.0, seed, first);
    List<int[]> prompts = Collections.nCopies(count, new int[] {begin});
    return decoder.generate(prompts, options, adapter).stream()
        .map(rest -> join(begin, rest))
        .toList();
  }

  /** A base without a begin token begins a text after the end of another. */
  private static int beginToken(DecoderConfig config) {
    if (config.bosId() != null) {
      return config.bosId();
    }
    if (config.eosIds().isEmpty()) {
      throw new IllegalArgumentException(
          "config.json names neither bos_token_id nor eos_token_id, so the base cannot begin a text;"
              + " give finetune.anchors.file");
    }
    return config.eosIds().get(0);
  }

  private static int[] join(int first, int[] rest) {
    int[] all = new int[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }
}
