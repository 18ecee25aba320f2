package io.alluvium.streams.novelty.text;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Words and pairs of words of an example as bucket numbers: the features of DSIR (Xie et al., Data
 * Selection for Language Models via Importance Resampling, 2023), hashed by FNV-1a so that they are
 * the same everywhere. Of long texts a fixed number is taken, evenly spread.
 *
 * <p>Holds buffers of its own, so nothing is allocated but the answer.
 */
public final class TextFeatures {
  /** Most features of one example; also the most bytes of a step, twice. */
  static final int MOST = 128;

  private static final int MOST_READ = 4096;
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long MIX = 0x9e3779b97f4a7c15L;
  private static final int ASCII = 128;

  private static final char[] FOLDED = foldedAscii();

  private final short[] read = new short[MOST_READ];
  private int count;
  private long before;

  /** Bucket numbers of an example, below {@link NgramTable#BUCKETS}. */
  public short[] of(TrainingExample example) {
    count = 0;
    before = 0;
    read(example.getPrompt());
    read(example.getCompletion());
    List<Message> messages = example.getMessages();
    if (messages != null) {
      messages.forEach(this::read);
    }
    return spread();
  }

  /** What tools there are is the same in many examples, and says little of one of them. */
  private void read(Message message) {
    read(message.getContent());
    read(message.getToolCalls());
  }

  private void read(@Nullable String text) {
    if (text == null) {
      return;
    }
    long word = FNV_START;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      c = c < ASCII ? FOLDED[c] : folded(c);
      if (c != 0) {
        word = (word ^ c) * FNV_PRIME;
      } else if (word != FNV_START) {
        add(word);
        word = FNV_START;
      }
    }
    if (word != FNV_START) {
      add(word);
    }
  }

  private static char[] foldedAscii() {
    char[] folded = new char[ASCII];
    for (char c = 0; c < ASCII; c++) {
      folded[c] = folded(c);
    }
    return folded;
  }

  /** The letter or digit, folded; 0 for everything else. */
  private static char folded(char c) {
    return Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
  }

  private void add(long word) {
    if (count + 2 <= MOST_READ) {
      read[count++] = bucket(word);
      read[count++] = bucket(word + before * FNV_PRIME);
      before = word;
    }
  }

  private static short bucket(long hash) {
    return (short) ((hash * MIX) >>> (Long.SIZE - NgramTable.BUCKET_BITS));
  }

  private short[] spread() {
    int size = Math.min(count, MOST);
    short[] features = new short[size];
    for (int i = 0; i < size; i++) {
      features[i] = read[(int) ((long) i * count / size)];
    }
    return features;
  }
}
