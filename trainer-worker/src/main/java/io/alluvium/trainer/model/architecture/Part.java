package io.alluvium.trainer.model.architecture;

/** What a linear of a block is for. */
public enum Part {
  QUERY(Group.ATTENTION_IN),
  KEY(Group.ATTENTION_IN),
  VALUE(Group.ATTENTION_IN),
  /** Queries, keys and values in one. */
  QUERY_KEY_VALUE(Group.ATTENTION_IN),
  OUTPUT(Group.ATTENTION_OUT),
  GATE(Group.MLP_IN),
  UP(Group.MLP_IN),
  /** Gate and up in one. */
  GATE_UP(Group.MLP_IN),
  /** The inner layer of an MLP without gate. */
  INNER(Group.MLP_IN),
  DOWN(Group.MLP_OUT);

  /** Linears that read the same input, in the order of the forward pass. */
  public enum Group {
    ATTENTION_IN,
    ATTENTION_OUT,
    MLP_IN,
    MLP_OUT
  }

  private final Group group;

  Part(Group group) {
    this.group = group;
  }

  /** The linears it shares its input with. */
  public Group group() {
    return group;
  }
}
