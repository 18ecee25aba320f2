package io.alluvium.streams.replay.track;

import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.replay.sample.Pool;
import io.alluvium.streams.replay.sample.QuestionHash;
import io.alluvium.streams.replay.sample.Reservoir;
import io.alluvium.streams.store.journal.Journaled;
import java.nio.ByteBuffer;

/**
 * What is kept of one base and adapter, and how many of its records have gone out. Changes are
 * written as they are made, so that a step does not depend on the configuration when it is taken
 * again. Besides the examples' own bytes 60 bytes for each.
 */
public final class ReplayState implements Journaled {
  /** Of builds that knew no questions; still read. */
  private static final byte KEEP_UNASKED = 1;

  private static final byte DROP = 2;
  private static final byte USE = 3;
  private static final byte EMIT = 4;
  private static final byte KEEP = 5;
  private static final byte ASK = 6;

  /** Stands where the number of records out, never negative, stood before there were questions. */
  private static final long WITH_QUESTIONS = -1;

  private static final int FIRST_CAPACITY = 128;

  private final Reservoir replays = new Reservoir();
  private final Reservoir anchors = new Reservoir();
  private ByteBuffer step = ByteBuffer.allocate(FIRST_CAPACITY);
  private long emitted;

  /** What is known of a pool's examples. */
  public Reservoir of(Pool pool) {
    return pool == Pool.REPLAYS ? replays : anchors;
  }

  /** What lies at a place that is taken. */
  KeptExample at(ContentStore.Place place) {
    return of(place.pool()).at(place.slot());
  }

  /** Records of this adapter that have gone out, old ones included. */
  public long emitted() {
    return emitted;
  }

  /** One more of this adapter's records has gone out. */
  public void emit() {
    emitted++;
    room(1).put(EMIT);
  }

  void keep(Pool pool, int slot, KeptExample kept, long question) {
    of(pool).keep(slot, kept, question);
    kept.write(named(KEEP, pool, slot, Long.BYTES + KeptExample.BYTES).putLong(question));
  }

  /** Says what a kept example asks. */
  void ask(Pool pool, int slot, long question) {
    of(pool).ask(slot, question);
    named(ASK, pool, slot, Long.BYTES).putLong(question);
  }

  /** Whether something was kept by a build that knew no questions. */
  boolean hasUnknown() {
    return replays.unknown() + anchors.unknown() > 0;
  }

  void drop(Pool pool, int slot) {
    of(pool).drop(slot);
    named(DROP, pool, slot, 0);
  }

  void use(Pool pool, int slot) {
    of(pool).use(slot);
    named(USE, pool, slot, 0);
  }

  /** The changes since the last call. */
  byte[] changes() {
    byte[] bytes = new byte[step.position()];
    step.flip().get(bytes);
    step.clear();
    return bytes;
  }

  private ByteBuffer named(byte what, Pool pool, int slot, int more) {
    return room(2 + Short.BYTES + more).put(what).put(pool.code()).putShort((short) slot);
  }

  private ByteBuffer room(int more) {
    if (step.remaining() < more) {
      step = ByteBuffer.allocate(2 * step.capacity() + more).put(step.flip());
    }
    return step;
  }

  @Override
  public byte[] snapshot() {
    ByteBuffer to = ByteBuffer.allocate(2 * Long.BYTES + replays.written() + anchors.written());
    to.putLong(WITH_QUESTIONS).putLong(emitted);
    replays.write(to);
    anchors.write(to);
    return to.array();
  }

  /** The inverse of {@link #snapshot}; also reads what a build wrote that knew no questions. */
  public static ReplayState read(ByteBuffer from) {
    ReplayState state = new ReplayState();
    long first = from.getLong();
    if (first == WITH_QUESTIONS) {
      state.emitted = from.getLong();
      state.replays.read(from);
      state.anchors.read(from);
    } else {
      state.emitted = first;
      state.replays.readUnasked(from);
      state.anchors.readUnasked(from);
    }
    return state;
  }

  @Override
  public void redo(ByteBuffer changes) {
    while (changes.hasRemaining()) {
      byte what = changes.get();
      if (what == EMIT) {
        emitted++;
      } else {
        redo(what, of(Pool.of(changes.get())), changes);
      }
    }
  }

  private static void redo(byte what, Reservoir pool, ByteBuffer changes) {
    int slot = changes.getShort();
    switch (what) {
      case KEEP_UNASKED -> pool.keep(slot, KeptExample.read(changes), QuestionHash.UNKNOWN);
      case KEEP -> {
        long question = changes.getLong();
        pool.keep(slot, KeptExample.read(changes), question);
      }
      case ASK -> pool.ask(slot, changes.getLong());
      case DROP -> pool.drop(slot);
      case USE -> pool.use(slot);
      default -> throw new IllegalStateException("change " + what + " is unknown");
    }
  }
}
