package io.alluvium.streams.replay.sample;

import io.alluvium.streams.hold.KeptExample;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A weighted sample without replacement of a stream of unknown length: each example gets the key
 * log(u) / weight, the largest keys stay (Efraimidis, Spirakis: Weighted Random Sampling with a
 * Reservoir, 2006). Bounded in number and in bytes; with examples of one size the bound in bytes is
 * one in number, else long ones are kept less often. Pure; knows slots, not contents.
 */
public final class Reservoir {
  /** Written for each example. */
  static final int EXAMPLE_BYTES = Short.BYTES + Long.BYTES + KeptExample.BYTES;

  private static final int NONE = -1;

  private final List<@Nullable KeptExample> slots = new ArrayList<>();

  /** Of the same slots; {@link QuestionHash#NONE} where one is empty. */
  private long[] questions = {};

  private int count;
  private int unknown;
  private long bytes;

  /** Puts an example into a slot. */
  public void keep(int slot, KeptExample kept, long question) {
    while (slots.size() <= slot) {
      slots.add(null);
    }
    if (questions.length <= slot) {
      questions = Arrays.copyOf(questions, slot + 1 + slot / 2);
    }
    slots.set(slot, kept);
    ask(slot, question);
    count++;
    bytes += kept.size();
  }

  /** Empties a slot. */
  public void drop(int slot) {
    KeptExample gone = at(slot);
    slots.set(slot, null);
    ask(slot, QuestionHash.NONE);
    count--;
    bytes -= gone.size();
  }

  /** Says what the example in a slot asks. */
  public void ask(int slot, long question) {
    unknown += question == QuestionHash.UNKNOWN ? 1 : 0;
    unknown -= questions[slot] == QuestionHash.UNKNOWN ? 1 : 0;
    questions[slot] = question;
  }

  /** Of how many examples it is not known what they ask. */
  public int unknown() {
    return unknown;
  }

  /** Slots of what asks this; none for a text that asks nothing. */
  public List<Integer> asking(long question) {
    List<Integer> found = new ArrayList<>(1);
    for (int i = 0; question != QuestionHash.NONE && i < questions.length; i++) {
      if (questions[i] == question) {
        found.add(i);
      }
    }
    return found;
  }

  /** Notes that the example in a slot was replayed. */
  public void use(int slot) {
    slots.set(slot, at(slot).used());
  }

  /** What lies in a slot that is taken. */
  public KeptExample at(int slot) {
    return java.util.Objects.requireNonNull(slots.get(slot));
  }

  /** Examples kept. */
  public int count() {
    return count;
  }

  /** Their bytes. */
  long bytes() {
    return bytes;
  }

  /** The first slot that is free. */
  public int free() {
    int slot = count == slots.size() ? slots.size() : slots.indexOf(null);
    return slot;
  }

  /**
   * What must go for a new example to come in.
   *
   * @return slots to empty; null when the new one is among those that would go
   */
  public @Nullable List<Integer> making(KeptExample next, int mostExamples, long mostBytes) {
    if (next.size() > mostBytes) {
      return null;
    }
    List<Integer> going = new ArrayList<>(1);
    long left = bytes + next.size();
    while (count - going.size() >= mostExamples || left > mostBytes) {
      int smallest = smallest(going);
      if (smallest == NONE || at(smallest).key() >= next.key()) {
        return null;
      }
      going.add(smallest);
      left -= at(smallest).size();
    }
    return going;
  }

  private int smallest(List<Integer> besides) {
    int smallest = NONE;
    for (int i = 0; i < slots.size(); i++) {
      KeptExample kept = slots.get(i);
      if (kept != null
          && (smallest == NONE || kept.key() < at(smallest).key())
          && !besides.contains(i)) {
        smallest = i;
      }
    }
    return smallest;
  }

  /** A slot by chance: the same for the same number and content. */
  public int draw(long chance) {
    int nth = (int) Long.remainderUnsigned(chance, count);
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i) != null && nth-- == 0) {
        return i;
      }
    }
    throw new IllegalStateException("nothing is kept");
  }

  /** Slots of what fulfils a condition. */
  public List<Integer> matching(Predicate<KeptExample> condition) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      KeptExample kept = slots.get(i);
      if (kept != null && condition.test(kept)) {
        found.add(i);
      }
    }
    return found;
  }

  /** How many examples of either of two reservoirs a written state of this size has room for. */
  static int mostExamples(int stateBytes) {
    return (stateBytes - 2 * Long.BYTES) / 2 / EXAMPLE_BYTES - 1;
  }

  /** Bytes of {@link #write}. */
  public int written() {
    return Short.BYTES + count * EXAMPLE_BYTES;
  }

  /** Writes everything, {@link #written} bytes. */
  public void write(ByteBuffer to) {
    to.putShort((short) count);
    for (int i = 0; i < slots.size(); i++) {
      KeptExample kept = slots.get(i);
      if (kept != null) {
        to.putShort((short) i).putLong(questions[i]);
        kept.write(to);
      }
    }
  }

  /** Reads what {@link #write} wrote into this empty one. */
  public void read(ByteBuffer from) {
    int size = from.getShort();
    for (int i = 0; i < size; i++) {
      int slot = from.getShort();
      long question = from.getLong();
      keep(slot, KeptExample.read(from), question);
    }
  }

  /** Reads what a build wrote that knew no questions. */
  public void readUnasked(ByteBuffer from) {
    int size = from.getShort();
    for (int i = 0; i < size; i++) {
      keep(from.getShort(), KeptExample.read(from), QuestionHash.UNKNOWN);
    }
  }
}
