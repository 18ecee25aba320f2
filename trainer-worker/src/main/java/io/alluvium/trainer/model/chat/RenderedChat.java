package io.alluvium.trainer.model.chat;

import java.util.List;

/**
 * A conversation as one text.
 *
 * @param text what the tokenizer gets
 * @param spoken what of it the assistant says, in order, without overlap
 */
public record RenderedChat(String text, List<Span> spoken) {
  /** Copies the list. */
  public RenderedChat {
    spoken = List.copyOf(spoken);
  }

  /**
   * A part of a text, in UTF-16 units.
   *
   * @param from first
   * @param to after the last
   */
  public record Span(int from, int to) {}
}
