package io.alluvium.cli.verify.finding;

import java.util.Locale;

/** What must hold of the topics; each is a number that should be zero. */
public enum Rule {
  /** Every record before an adapter's last window, or before the group's offset, is in a window. */
  LOST,
  /** No record is in two windows of its adapter, and no accepted example comes on twice. */
  DOUBLE,
  /** Versions of an adapter are 1, 2, 3 and so on. */
  GAPS,
  /** An event's counts are what its window holds. */
  MISCOUNTED,
  /** What is kept from training is of the window, and is never trained on. */
  HELD_OUT,
  /** An event's parent is the newest release, and its line goes on from the event before. */
  LINEAGE,
  /** An event names a folder or a head exactly where its outcome has one. */
  OUTCOME,
  /** A record that belongs to no adapter is refused. */
  UNREFUSED,
  /** A record is refused at most once. */
  REFUSED_TWICE,
  /** The group's offsets and their notes agree with the events. */
  OFFSETS,
  /** The state of an adapter names its newest release. */
  STATE,
  /** Folders that events name are there, with the content they say. */
  ARTIFACT;

  /** As written for people and in JSON. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
