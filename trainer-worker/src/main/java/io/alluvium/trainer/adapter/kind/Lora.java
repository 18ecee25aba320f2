package io.alluvium.trainer.adapter.kind;

/** LoRA (Hu et al. 2021). */
public record Lora() implements AdapterKind {
  @Override
  public String describe() {
    return "lora";
  }

  @Override
  public boolean trainsPairs() {
    return true;
  }
}
