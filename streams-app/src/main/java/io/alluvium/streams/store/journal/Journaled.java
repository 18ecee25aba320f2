package io.alluvium.streams.store.journal;

import java.nio.ByteBuffer;

/** State that can be written whole, and changed by steps that can be taken again. */
public interface Journaled {

  /** The whole state; what is read back from it behaves the same to the last bit. */
  byte[] snapshot();

  /** Takes a step that was taken before, from its written form. */
  void redo(ByteBuffer step);
}
