package io.alluvium.trainer.adapter.kind;

/**
 * LoRA whose scale is alpha / √rank, so that a larger rank learns no slower (Kalajdzievski 2023,
 * rsLoRA). PEFT: {@code use_rslora}.
 */
public record RsLora() implements AdapterKind {
  @Override
  public String describe() {
    return "rslora";
  }

  @Override
  public double scale(int rank, double alpha) {
    return alpha / Math.sqrt(rank);
  }

  @Override
  public AdapterKind published() {
    return this;
  }

  @Override
  public boolean trainsPairs() {
    return true;
  }
}
