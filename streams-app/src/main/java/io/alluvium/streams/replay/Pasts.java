package io.alluvium.streams.replay;

import io.alluvium.streams.journal.Journal;

/**
 * What is kept of every base and adapter.
 *
 * @param states what is known
 * @param contents bytes
 */
record Pasts(Journal<ReplayState> states, Contents contents) {

  /** Of one base and adapter; changes are to be noted. */
  Past of(String track) {
    Past past = new Past(track, states.state(track), contents);
    if (past.state().hasUnknown()) {
      past.learnQuestions();
    }
    return past;
  }

  /** To look at; one that is not in use is read and let go again. */
  Past glance(String track) {
    return new Past(track, states.glance(track), contents);
  }

  /** Writes down what changed. */
  void note(Past past) {
    byte[] changes = past.state().changes();
    if (changes.length > 0) {
      states.took(past.track(), changes);
    }
  }
}
