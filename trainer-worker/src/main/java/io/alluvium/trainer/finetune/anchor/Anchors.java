package io.alluvium.trainer.finetune.anchor;

import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.base.GenerationOptions;
import io.alluvium.trainer.base.folder.config.DecoderConfig;
import io.alluvium.trainer.base.text.ExampleTokenizer;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Texts on whose every position the adapter is held to the base. Given as JSONL, or sampled from
 * the base itself, so that no old data is needed.
 */
public final class Anchors {
  private final List<int[]> sequences;

  private Anchors(List<int[]> sequences) {
    this.sequences = List.copyOf(sequences);
  }

  /** No anchors. */
  public static Anchors none() {
    return new Anchors(List.of());
  }

  /** Anchors of given tokens, each at least two. */
  public static Anchors of(List<int[]> sequences) {
    return new Anchors(sequences);
  }

  /**
   * Reads JSONL lines {@code {prompt, completion}}, {@code {messages}} or {@code {ids}}, cut to a
   * length.
   *
   * @param maxTokens longest anchor, tokens
   * @throws IOException naming file and line when a line is neither
   */
  public static Anchors load(Path file, ExampleTokenizer tokenizer, int maxTokens)
      throws IOException {
    List<int[]> sequences = new ArrayList<>();
    for (int[] ids : AnchorFile.read(file, tokenizer)) {
      sequences.add(Arrays.copyOf(ids, Math.min(ids.length, maxTokens)));
    }
    return new Anchors(sequences);
  }

  /**
   * Samples from the begin token at temperature 1, once per base and settings: the file is kept in
   * the work folder and read again by later starts.
   *
   * @param baseDigest digest of the decoder's folder
   * @param workFolder where the file lies; made if absent
   * @param config how many, and how long
   */
  public static Anchors generateOnce(
      Decoder decoder, String baseDigest, Path workFolder, FineTuneConfig config)
      throws IOException {
    AnchorConfig anchors = config.anchors();
    String name =
        "anchors-%s-%d-%d-%d.jsonl"
            .formatted(
                baseDigest.substring(0, Math.min(16, baseDigest.length())),
                anchors.generate(),
                anchors.maxTokens(),
                config.seed());
    Path file = workFolder.resolve(name);
    if (!Files.isRegularFile(file)) {
      Files.createDirectories(workFolder);
      write(decoder, config, file);
    }
    return new Anchors(AnchorFile.readIds(file));
  }

  /**
   * Samples from the begin token at temperature 1 into a JSONL file that {@link #load} reads; it is
   * there whole or not at all.
   *
   * @param config how many, how long, from which seed
   * @param file in a folder that exists
   */
  public static void write(Decoder decoder, FineTuneConfig config, Path file) throws IOException {
    Path staged = file.resolveSibling(file.getFileName() + ".part");
    AnchorFile.write(staged, sample(decoder, config.anchors(), config.seed()));
    Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** How many. */
  public int size() {
    return sequences.size();
  }

  /** Tokens of one. */
  public int[] ids(int index) {
    return sequences.get(index);
  }

  private static List<int[]> sample(Decoder decoder, AnchorConfig anchors, long seed) {
    int begin = beginToken(decoder.config());
    int newTokens = Math.min(anchors.maxTokens(), decoder.maxTokens()) - 1;
    List<int[]> prompts = Collections.nCopies(anchors.generate(), new int[] {begin});
    return decoder.generate(prompts, new GenerationOptions(newTokens, 1.0, seed), null).stream()
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
