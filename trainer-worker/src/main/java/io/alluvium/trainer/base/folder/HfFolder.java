package io.alluvium.trainer.base.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.base.safetensors.BadSafetensorsException;
import io.alluvium.trainer.base.safetensors.SafetensorsFile;
import io.alluvium.trainer.base.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A model folder whose configuration, tokenizer file and weight headers have been checked. */
public final class HfFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";

  private final Path folder;
  private final DecoderConfig config;
  private final List<SafetensorsFile> weights;
  private final String digest;

  private HfFolder(Path folder, DecoderConfig config, List<SafetensorsFile> weights)
      throws IOException {
    this.folder = folder;
    this.config = config;
    this.weights = List.copyOf(weights);
    this.digest = FolderDigest.of(files());
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

  /** SHA-256 over config.json, tokenizer.json, the chat template and the weight files, as hex. */
  public String digest() {
    return digest;
  }

  /** The decoder's shape. */
  public DecoderConfig config() {
    return config;
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /** The file that holds a weight. */
  public SafetensorsFile fileOf(String tensor) throws BadModelFolderException {
    for (SafetensorsFile file : weights) {
      if (file.entries().containsKey(tensor)) {
        return file;
      }
    }
    throw new BadModelFolderException(folder, "no weight file holds tensor " + tensor);
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(folder.resolve("config.json"));
    files.add(folder.resolve("tokenizer.json"));
    ChatFiles.file(folder).ifPresent(files::add);
    weights.forEach(file -> files.add(file.path()));
    return files;
  }

  private void requireWeights() throws IOException {
    for (WeightSlot slot : WeightSlot.all(config)) {
      TensorEntry entry = fileOf(slot.name()).entry(slot.name());
      if (!entry.shape().equals(slot.shape())) {
        throw new BadModelFolderException(
            folder,
            "tensor "
                + slot.name()
                + " has shape "
                + entry.shape()
                + ", config.json says "
                + slot.shape());
      }
      switch (entry.dtype()) {
        case F32, F16, BF16 -> {}
        default ->
            throw new BadModelFolderException(
                folder,
                "tensor " + slot.name() + " is " + entry.dtype() + ", want F32, F16 or BF16");
      }
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
    if (!Files.isRegularFile(index)) {
      return List.of(SINGLE);
    }
    try {
      TreeSet<String> names = new TreeSet<>();
      for (JsonNode name : JSON.readTree(index.toFile()).path("weight_map")) {
        names.add(requireSibling(index, name.asText()));
      }
      return names;
    } catch (JsonProcessingException e) {
      throw new BadModelFolderException(index, "not valid JSON (" + e.getOriginalMessage() + ")");
    }
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
