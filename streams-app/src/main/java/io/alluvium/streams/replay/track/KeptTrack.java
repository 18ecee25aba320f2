package io.alluvium.streams.replay.track;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.hold.Erasure;
import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.hold.StableHash;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.replay.sample.Pool;
import io.alluvium.streams.replay.sample.QuestionHash;
import io.alluvium.streams.replay.sample.ReplayConfig;
import io.alluvium.streams.replay.sample.Reservoir;
import io.alluvium.streams.replay.track.ContentStore.Place;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RawRecord;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is kept of one base and adapter: what is known of it, and its bytes.
 *
 * @param name base and adapter
 * @param state what is known
 * @param contents bytes, of all tracks
 */
public record KeptTrack(String name, ReplayState state, ContentStore contents) {

  /**
   * One that could be kept.
   *
   * @param candidate the example
   * @param raw its record
   * @param question what it asks
   */
  public record Newcomer(Candidate candidate, RawRecord raw, long question) {
    /** Of an arrival, with the question that it answers. */
    public static Newcomer of(Arrival<Candidate> arrival) {
      Candidate candidate = arrival.value();
      return new Newcomer(
          candidate, arrival.raw(), QuestionHash.of(candidate.scored().getExample()));
    }

    /**
     * Its rank depends on the question where there is one: however often it is asked it is one
     * among all, and its newest answer takes the place of the one before.
     */
    KeptExample kept(long seed) {
      TrainingExample example = candidate.scored().getExample();
      Double importance = example.getImportance();
      long who = question == QuestionHash.NONE ? StableHash.of(example.getId()) : question;
      double luck = Math.log(StableHash.uniform(StableHash.of(seed, who)));
      return KeptExample.of(example, raw, luck / (importance == null ? 1 : importance));
    }
  }

  /** Keeps one if it ranks high enough; what ranks lower goes. */
  public void take(Newcomer newcomer, Pool pool, ReplayConfig config) {
    Reservoir reservoir = state.of(pool);
    KeptExample kept = newcomer.kept(config.seed());
    List<Integer> going = reservoir.making(kept, config.examples(), config.bytes());
    if (going != null) {
      going.forEach(slot -> drop(pool, slot));
      int slot = reservoir.free();
      state.keep(pool, slot, kept, newcomer.question());
      contents.put(new Place(name, pool, slot), newcomer.raw());
    }
  }

  /** One by chance, as if it arrived now; a replay that has been used up goes. */
  public Arrival<Candidate> draw(Pool pool, ReplayConfig config, RawRecord now) {
    Reservoir reservoir = state.of(pool);
    int slot = reservoir.draw(StableHash.of(config.seed(), state.emitted()));
    Arrival<Candidate> old = contents.arrival(new Place(name, pool, slot), reservoir.at(slot), now);
    state.use(pool, slot);
    if (pool == Pool.REPLAYS && reservoir.at(slot).uses() >= config.repeats()) {
      drop(pool, slot);
    }
    return old;
  }

  /** Lets go of every answer to a question: a newer one is at hand. */
  public void forget(long question) {
    for (Pool pool : Pool.values()) {
      state.of(pool).asking(question).forEach(slot -> drop(pool, slot));
    }
  }

  /** Whether an order means something of it. */
  public boolean hasAny(Erasure erasure) {
    return meant(erasure).findAny().isPresent();
  }

  /** Lets go of what an order means; how many that was. */
  public int forget(Erasure erasure) {
    List<Place> going = meant(erasure).toList();
    going.forEach(place -> drop(place.pool(), place.slot()));
    return going.size();
  }

  private Stream<Place> meant(Erasure erasure) {
    return places(kept -> erasure.what().names(kept))
        .filter(place -> erasure.means(state.at(place), () -> contents.scored(place)));
  }

  /** Lets go of the bytes of everything: what is known of it goes whole. */
  public void end() {
    places(kept -> true).forEach(contents::delete);
  }

  private Stream<Place> places(Predicate<KeptExample> condition) {
    return Stream.of(Pool.values())
        .flatMap(
            pool ->
                state.of(pool).matching(condition).stream()
                    .map(slot -> new Place(name, pool, slot)));
  }

  /**
   * Asks what a build kept that knew no questions for them; of two answers to one the newer stays.
   */
  void learnQuestions() {
    Stream.of(Pool.values())
        .flatMap(
            pool ->
                state.of(pool).asking(QuestionHash.UNKNOWN).stream()
                    .map(slot -> new Place(name, pool, slot)))
        .sorted(Comparator.comparing(state::at, KeptExample.OLDEST_FIRST))
        .forEach(this::learnQuestion);
  }

  private void learnQuestion(Place place) {
    long question = QuestionHash.of(contents.scored(place).getExample());
    forget(question);
    state.ask(place.pool(), place.slot(), question);
  }

  private void drop(Pool pool, int slot) {
    state.drop(pool, slot);
    contents.delete(new Place(name, pool, slot));
  }
}
