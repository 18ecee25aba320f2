package io.alluvium.trainer.pretrain.learn;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.alluvium.trainer.model.safetensors.SafetensorsFile;
import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an interrupted training goes on: fp32 weights and moments in one safetensors file. The
 * records still to come follow from seed and step and need no place here.
 *
 * @param step steps done
 * @param seconds time spent on them
 * @param tensors weights under their own names, moments behind a prefix
 */
public record Checkpoint(int step, double seconds, Map<String, FloatTensor> tensors) {
  private static final String PROGRESS = "progress";

  /** Replaces {@code file} in one move, so that a kill leaves the old one or the new one. */
  public void write(Path file) throws IOException {
    Map<String, FloatTensor> all = new LinkedHashMap<>(tensors);
    all.put(PROGRESS, FloatTensor.of(new float[] {step, (float) seconds}, 2));
    Path staged = file.resolveSibling(file.getFileName() + ".new");
    SafetensorsWriter.write(staged, all, Dtype.F32);
    Files.move(staged, file, ATOMIC_MOVE, REPLACE_EXISTING);
  }

  /**
   * Reads a written checkpoint.
   *
   * @throws IOException when the file is not one
   */
  public static Checkpoint read(Path file) throws IOException {
    SafetensorsFile source = SafetensorsFile.open(file);
    Map<String, FloatTensor> tensors = new LinkedHashMap<>();
    for (String name : source.entries().keySet()) {
      List<Long> shape = source.entry(name).shape();
      tensors.put(name, new FloatTensor(shape, source.floats(name)));
    }
    tensors.remove(PROGRESS);
    float[] progress = source.floats(PROGRESS);
    return new Checkpoint((int) progress[0], progress[1], tensors);
  }

  /** The values under each name. */
  List<float[]> values(List<String> names) {
    return names.stream().map(this::value).toList();
  }

  private float[] value(String name) {
    FloatTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("checkpoint lacks tensor " + name + "; delete it");
    }
    return tensor.values();
  }
}
