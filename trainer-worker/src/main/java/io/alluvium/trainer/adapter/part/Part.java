package io.alluvium.trainer.adapter.part;

import java.util.List;

/**
 * One tensor of an adapter of one linear.
 *
 * @param name such as {@code A}
 * @param rows sizes of its matrix
 * @param columns of its matrix
 * @param use whether training changes it
 */
public record Part(String name, long rows, long columns, Use use) {
  /** The trained lengths of a weight's rows. */
  public static final String MAGNITUDE = "magnitude";

  /** What training does to a tensor. */
  public enum Use {
    /** The optimiser moves it. */
    TRAINED,
    /** It stays as it began. */
    FIXED,
    /** It says what is trained, and is chosen anew now and then. */
    CHOSEN
  }

  /** What PEFT's name of the tensor ends with. */
  public String peftName() {
    return name.equals(MAGNITUDE) ? "lora_magnitude_vector" : "lora_" + name + ".weight";
  }

  /** Its shape in PEFT's file. */
  public List<Long> peftShape() {
    return name.equals(MAGNITUDE) ? List.of(rows) : List.of(rows, columns);
  }

  /** Number of values. */
  public int elements() {
    return Math.toIntExact(Math.multiplyExact(rows, columns));
  }

  /** Whether the optimiser has anything to move. */
  public boolean trained() {
    return use == Use.TRAINED && elements() > 0;
  }
}
