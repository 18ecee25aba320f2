package io.alluvium.streams.replay.track;

import io.alluvium.streams.store.journal.Journal;

/**
 * What is kept of every base and adapter.
 *
 * @param states what is known
 * @param contents bytes
 */
public record KeptTracks(Journal<ReplayState> states, ContentStore contents) {

  /** Of one base and adapter; changes are to be noted. */
  public KeptTrack of(String track) {
    KeptTrack past = new KeptTrack(track, states.state(track), contents);
    if (past.state().hasUnknown()) {
      past.learnQuestions();
    }
    return past;
  }

  /** To look at; one that is not in use is read and let go again. */
  public KeptTrack glance(String track) {
    return new KeptTrack(track, states.glance(track), contents);
  }

  /** Writes down what changed. */
  public void note(KeptTrack past) {
    byte[] changes = past.state().changes();
    if (changes.length > 0) {
      states.took(past.track(), changes);
    }
  }
}
