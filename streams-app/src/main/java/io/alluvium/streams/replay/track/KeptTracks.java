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
  public KeptTrack of(String name) {
    KeptTrack track = new KeptTrack(name, states.state(name), contents);
    if (track.state().hasUnknown()) {
      track.learnQuestions();
    }
    return track;
  }

  /** To look at; one that is not in use is read and let go again. */
  public KeptTrack glance(String name) {
    return new KeptTrack(name, states.glance(name), contents);
  }

  /** Writes down what changed. */
  public void note(KeptTrack track) {
    byte[] changes = track.state().changes();
    if (changes.length > 0) {
      states.took(track.name(), changes);
    }
  }
}
