package io.alluvium.trainer.round.past;

import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What was answered to which question, the newest answer being the true one. Items come newest
 * first.
 */
public final class Questions {
  private final Map<IntBuffer, IntBuffer> answers = new HashMap<>();

  /**
   * Takes an item that is older than all before.
   *
   * @return whether no newer item answers the same question otherwise
   */
  public boolean holds(TokenSequence item) {
    int begin = item.responseStart();
    if (begin <= 1) {
      return true;
    }
    IntBuffer answer = IntBuffer.wrap(item.ids(), begin, item.length() - begin).slice();
    IntBuffer newer = answers.putIfAbsent(IntBuffer.wrap(item.ids(), 0, begin).slice(), answer);
    return newer == null || newer.equals(answer);
  }
}
