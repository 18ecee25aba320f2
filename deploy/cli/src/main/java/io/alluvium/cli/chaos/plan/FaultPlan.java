package io.alluvium.cli.chaos.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Everything that goes wrong in one run.
 *
 * @param faults in order
 */
public record FaultPlan(List<Fault> faults) {
  /** Faults lie in this part of the time: first there is something to lose, last it is mended. */
  private static final double FROM = 0.08;

  private static final double TO = 0.95;

  /** Beyond any session timeout that chaos sets. */
  private static final int FREEZE_MS = 15_000;

  private static final int AWAY_MS = 8_000;
  private static final int LATER_MS = 20;

  /** Minutes from one to the next of those that last long. */
  private static final double LONG_EVERY = 4;

  private static final double POINTS_PER_MINUTE = 1;

  /** Copies. */
  public FaultPlan {
    faults = List.copyOf(faults);
  }

  /**
   * Draws a plan.
   *
   * @param minutes how long the run is
   * @param killsPerMinute at any moment, apart from those at chosen points
   * @param victims whom to kill, each as likely as it is often in the list
   * @param random decides
   */
  public static FaultPlan draw(
      double minutes, double killsPerMinute, List<String> victims, Random random) {
    List<Fault> faults = new ArrayList<>();
    int longOnes = atLeastOne(minutes / LONG_EVERY);
    int points = atLeastOne(minutes * POINTS_PER_MINUTE);
    Dice dice = new Dice(minutes, random);
    dice.add(faults, atLeastOne(minutes * killsPerMinute), Kind.KILL, victims);
    dice.add(faults, points, Kind.KILL_AT_ARTIFACT, List.of());
    dice.add(faults, points, Kind.KILL_IN_TRANSACTION, List.of());
    dice.add(faults, points, Kind.KILL_AT_COMMIT, List.of());
    dice.add(faults, longOnes, Kind.FREEZE, victims.stream().filter(FaultPlan::ours).toList());
    dice.add(faults, longOnes, Kind.BROKER_BOUNCE, List.of());
    dice.add(faults, longOnes, Kind.REGISTRY_DOWN, List.of());
    dice.add(faults, longOnes, Kind.STORE_UNWRITABLE, List.of());
    dice.add(faults, longOnes, Kind.STATE_REMOVED, List.of());
    faults.sort(Comparator.comparing(Fault::at));
    return new FaultPlan(faults);
  }

  private static boolean ours(String victim) {
    return !victim.equals("broker") && !victim.equals("registry");
  }

  private static int atLeastOne(double count) {
    return Math.max(1, (int) Math.round(count));
  }

  private record Dice(double minutes, Random random) {
    void add(List<Fault> faults, int count, Kind kind, List<String> victims) {
      for (int n = 0; n < count; n++) {
        String victim = victims.isEmpty() ? "" : victims.get(random.nextInt(victims.size()));
        faults.add(new Fault(moment(), kind, victim, length(kind)));
      }
    }

    private Duration moment() {
      double share = FROM + (TO - FROM) * random.nextDouble();
      return Duration.ofMillis((long) (share * minutes * 60_000));
    }

    private Duration length(Kind kind) {
      int ms =
          switch (kind) {
            case FREEZE -> FREEZE_MS + random.nextInt(FREEZE_MS / 3);
            case REGISTRY_DOWN, STORE_UNWRITABLE -> AWAY_MS + random.nextInt(AWAY_MS);
            case KILL_AT_COMMIT -> 1 + random.nextInt(LATER_MS);
            default -> 0;
          };
      return Duration.ofMillis(ms);
    }
  }
}
