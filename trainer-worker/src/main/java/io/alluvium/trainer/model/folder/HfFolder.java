package io.alluvium.trainer.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.check.ConfigFields;
import io.alluvium.trainer.model.config.ConfigReader;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.safetensors.BadSafetensorsException;
import io.alluvium.trainer.model.safetensors.SafetensorsFile;
import io.alluvium.trainer.model.tensor.TensorEntry;
import io.alluvium.trainer.model.tokenizer.ChatFiles;
import io.alluvium.trainer.model.tokenizer.TokenizerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A model folder whose configuration, tokenizer file and weight headers have been checked. */
public final class HfFolder {
  private static final String SINGLE = "model.safetensors";
  private static final String HEAD = "lm_head.weight";
  private static final String INDEX = "model.safetensors.index.json";

  /** Masks and frequencies that old files carry although they follow from the configuration. */
  private static final Pattern UNUSED =
      Pattern.compile(".*\\.(rotary_emb\\.inv_freq|attn\\.(masked_)?bias)");

  private final Path folder;
  private final DecoderConfig config;
  private final TokenizerSettings tokens;
  private final List<SafetensorsFile> weights;
  private final String digest;

  private HfFolder(Path folder, DecoderConfig written, List<SafetensorsFile> weights)
      throws IOException {
    this.folder = folder;
    this.weights = List.copyOf(weights);
    this.tokens = TokenizerSettings.read(folder, written.eosIds());
    boolean sameEnds = tokens.ends().equals(written.eosIds());
    this.digest = FolderDigest.of(files(), sameEnds ? "" : "ends " + tokens.ends() + "\n");
    this.config = found(written, written.tiedHead() && !hasHeadOfItsOwn(written));
  }

  private DecoderConfig found(DecoderConfig written, boolean tied) throws BadModelFolderException {
    try {
      return written.found(tied, tokens.ends());
    } catch (IllegalArgumentException beyond) {
      throw new BadModelFolderException(
          folder, beyond.getMessage() + ", vocab_size is " + written.vocabulary());
    }
  }

  /** A head that stands in the file and is not the embedding counts, whatever config.json says. */
  private boolean hasHeadOfItsOwn(DecoderConfig tied) throws IOException {
    for (SafetensorsFile file : weights) {
      if (file.entries().containsKey(HEAD)) {
        Located embedding = find(WeightSlot.embeddings(tied).get(0));
        return !file.sameBytes(HEAD, embedding.file(), embedding.name());
      }
    }
    return false;
  }

  /**
   * Opens and checks a folder; reads every file once, for the digest.
   *
   * @throws BadModelFolderException naming file, field and remedy
   */
  public static HfFolder open(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new BadModelFolderException(folder, "no such folder; name a Hugging Face model folder");
    }
    DecoderConfig config = ConfigReader.read(folder);
    if (!Files.isRegularFile(folder.resolve("tokenizer.json"))) {
      throw new BadModelFolderException(
          folder.resolve("tokenizer.json"), "missing; copy it from the model's repository");
    }
    HfFolder opened = new HfFolder(folder, config, openWeights(folder));
    opened.requireWeights();
    return opened;
  }

  /** The folder's name, without its parents. */
  public String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  /**
   * SHA-256 over config.json, tokenizer.json, the chat template and the weight files, as hex; and
   * over the ids that end a text where they are others than config.json says.
   */
  public String digest() {
    return digest;
  }

  /** The decoder's shape. */
  public DecoderConfig config() {
    return config;
  }

  /** The tokens that begin and end texts, as the folder's tokenizer has them. */
  public TokenizerSettings tokens() {
    return tokens;
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /**
   * A weight of the folder.
   *
   * @param file the file that holds it
   * @param name its name there
   */
  public record Located(SafetensorsFile file, String name) {}

  /** Where a weight stands. Folders saved from the bare model lack the name's first part. */
  public Located find(WeightSlot slot) throws BadModelFolderException {
    for (String name :
        List.of(slot.name(), slot.name().replaceFirst("^(model|transformer)\\.", ""))) {
      for (SafetensorsFile file : weights) {
        if (file.entries().containsKey(name)) {
          return new Located(file, name);
        }
      }
    }
    throw new BadModelFolderException(folder, "no weight file holds tensor " + slot.name());
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(folder.resolve("config.json"));
    files.add(folder.resolve("tokenizer.json"));
    ChatFiles.file(folder).ifPresent(files::add);
    weights.forEach(file -> files.add(file.path()));
    return files;
  }

  /** Every weight is there once with its shape and type, and there is nothing else. */
  private void requireWeights() throws IOException {
    Set<String> left = new TreeSet<>();
    for (SafetensorsFile file : weights) {
      for (String name : file.entries().keySet()) {
        require(left.add(name), "tensor " + name + " stands in two files");
      }
    }
    for (WeightSlot slot : WeightSlot.all(config)) {
      Located located = find(slot);
      requireForm(located, slot);
      left.remove(located.name());
    }
    for (String name : left) {
      require(UNUSED.matcher(name).matches() || unusedHead(name), extra(name));
    }
  }

  private void requireForm(Located located, WeightSlot slot) throws IOException {
    TensorEntry entry = located.file().entry(located.name());
    String tensor = "tensor " + located.name();
    require(
        entry.shape().equals(slot.shape()),
        tensor + " has shape " + entry.shape() + ", config.json says " + slot.shape());
    switch (entry.dtype()) {
      case F32, F16, BF16 -> {}
      default -> require(false, tensor + " is " + entry.dtype() + ", want F32, F16 or BF16");
    }
  }

  private boolean unusedHead(String name) {
    return config.tiedHead() && name.equals(HEAD);
  }

  private static String extra(String name) {
    return "tensor " + name + " has no place in this architecture; see model_type in config.json";
  }

  private void require(boolean holds, String what) throws BadModelFolderException {
    if (!holds) {
      throw new BadModelFolderException(folder, what);
    }
  }

  private static List<SafetensorsFile> openWeights(Path folder) throws IOException {
    List<SafetensorsFile> files = new ArrayList<>();
    for (String name : weightNames(folder)) {
      files.add(openFile(folder.resolve(name)));
    }
    return files;
  }

  private static Iterable<String> weightNames(Path folder) throws IOException {
    Path index = folder.resolve(INDEX);
    // As transformers: an index beside one file is left over from before.
    if (Files.isRegularFile(folder.resolve(SINGLE)) || !Files.isRegularFile(index)) {
      return List.of(SINGLE);
    }
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode name : ConfigFields.read(index).node("weight_map")) {
      names.add(requireSibling(index, name.asText()));
    }
    return names;
  }

  private static String requireSibling(Path index, String name) throws BadModelFolderException {
    if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.equals("..")) {
      throw new BadModelFolderException(
          index, "weight_map names '" + name + "', want a file beside it");
    }
    return name;
  }

  private static SafetensorsFile openFile(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BadModelFolderException(file, "missing; copy it from the model's repository");
    }
    try {
      return SafetensorsFile.open(file);
    } catch (BadSafetensorsException e) {
      String message = String.valueOf(e.getMessage());
      throw new BadModelFolderException(file, message.substring(file.toString().length() + 2));
    }
  }
}
