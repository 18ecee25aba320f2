package io.alluvium.trainer.model.config;

import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.architecture.Layout;
import io.alluvium.trainer.model.rotary.Rotary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a decoder, as config.json gives it.
 *
 * @param vocabulary number of token ids
 * @param hidden width of the residual stream
 * @param layers number of blocks
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides heads
 * @param headSize width of one head, even
 * @param intermediate width inside the MLP
 * @param normEpsilon added to the mean square in each norm
 * @param rotary rotary positions, where there are any
 * @param maxPositions longest sequence the model was made for, tokens
 * @param tiedHead whether the output projection is the embedding
 * @param bosId token that begins a text, or null
 * @param eosIds tokens that end a text; the first is the one written; may be empty
 * @param architecture what it does differently from Llama
 */
public record DecoderConfig(
    int vocabulary,
    int hidden,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int intermediate,
    double normEpsilon,
    Rotary rotary,
    int maxPositions,
    boolean tiedHead,
    @Nullable Integer bosId,
    List<Integer> eosIds,
    Architecture architecture) {

  /** Checks the shape. */
  public DecoderConfig {
    eosIds = List.copyOf(eosIds);
    requirePositive("vocab_size", vocabulary);
    requirePositive("hidden_size", hidden);
    requirePositive("num_hidden_layers", layers);
    requirePositive("num_attention_heads", heads);
    requirePositive("num_key_value_heads", keyValueHeads);
    requirePositive("head_dim", headSize);
    requirePositive("intermediate_size", intermediate);
    requirePositive("max_position_embeddings", maxPositions);
    require(heads % keyValueHeads == 0, "num_attention_heads is no multiple of key-value heads");
    require(headSize % 2 == 0, "head_dim " + headSize + " is odd");
    require(
        rotaryWidth(headSize, rotary) % 2 == 0,
        "partial_rotary_factor " + rotary.share() + " turns an odd part of head_dim " + headSize);
    require(normEpsilon >= 0, "rms_norm_eps " + normEpsilon + " is negative");
    require(bosId == null || (bosId >= 0 && bosId < vocabulary), "bos_token_id is " + bosId);
    for (int eos : eosIds) {
      require(eos >= 0 && eos < vocabulary, "eos_token_id is " + eos);
    }
  }

  /** Names of the adaptable linears of one block, in the order of the forward pass. */
  public List<String> linears() {
    return architecture.layout().linears().stream().map(Layout.Linear::name).toList();
  }

  /**
   * Path of a linear below the model, without {@code .weight}.
   *
   * @param layer block number from 0
   * @param linear one of {@link #linears}
   */
  public String path(int layer, String linear) {
    return architecture.layout().block(layer) + architecture.layout().linear(linear).path();
  }

  /** Inputs of a linear. */
  public int inputs(String linear) {
    return switch (architecture.layout().linear(linear).part().group()) {
      case ATTENTION_IN, MLP_IN -> hidden;
      case ATTENTION_OUT -> heads * headSize;
      case MLP_OUT -> intermediate;
    };
  }

  /** Outputs of a linear. */
  public int outputs(String linear) {
    return switch (architecture.layout().linear(linear).part()) {
      case QUERY -> heads * headSize;
      case KEY, VALUE -> keyValueHeads * headSize;
      case QUERY_KEY_VALUE -> (heads + 2 * keyValueHeads) * headSize;
      case OUTPUT, DOWN -> hidden;
      case GATE, UP, INNER -> intermediate;
      case GATE_UP -> 2 * intermediate;
    };
  }

  /** Values of each head that are turned, even. */
  public int rotaryWidth() {
    return rotaryWidth(headSize, rotary);
  }

  /** As transformers: the whole number below. */
  private static int rotaryWidth(int headSize, Rotary rotary) {
    return (int) (headSize * rotary.share());
  }

  /**
   * The same where other files of the folder know better.
   *
   * @param tied whether the output projection is the embedding
   * @param ends tokens that end a text
   */
  public DecoderConfig found(boolean tied, List<Integer> ends) {
    return new DecoderConfig(
        vocabulary,
        hidden,
        layers,
        heads,
        keyValueHeads,
        headSize,
        intermediate,
        normEpsilon,
        rotary,
        maxPositions,
        tied,
        bosId,
        ends,
        architecture);
  }

  private static void requirePositive(String field, int value) {
    require(value > 0, field + " is " + value + ", want a positive number");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
