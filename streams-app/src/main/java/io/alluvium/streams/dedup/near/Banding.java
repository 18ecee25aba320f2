package io.alluvium.streams.dedup.near;

/**
 * How signatures are compared, derived from the wanted similarity s: places are cut into bands of r
 * rows, and only examples that agree in all rows of a band are looked at (locality-sensitive
 * hashing, Indyk and Motwani 1998). Of a pair at s that happens with probability 1 − (1 − s^r)^b; r
 * is the largest with which it stays at least 0.999. What is looked at counts when it agrees in as
 * many places as all but two in a hundred pairs at s do. Pure.
 *
 * @param rows places in a band
 * @param bands bands in the whole example's places
 * @param leastWhole places of the whole example that must agree
 * @param leastResponse places of the response that must agree
 */
public record Banding(int rows, int bands, int leastWhole, int leastResponse) {
  private static final double LOOKED_AT = 0.999;
  private static final double LOST = 0.01;

  /** For a similarity between 0 and 1. */
  public static Banding of(double similarity) {
    int rows = 1;
    while (rows < Signature.WHOLE / 2 && lookedAt(similarity, rows + 1) >= LOOKED_AT) {
      rows++;
    }
    return new Banding(
        rows,
        Signature.WHOLE / rows,
        quantile(Signature.WHOLE, similarity),
        quantile(Signature.RESPONSE, similarity));
  }

  /** Probability that a pair of this similarity agrees in a band of so many rows. */
  static double lookedAt(double similarity, int rows) {
    int bands = Signature.WHOLE / rows;
    return 1 - Math.pow(1 - Math.pow(similarity, rows), bands);
  }

  /** The largest number of places that all but {@link #LOST} of such pairs agree in. */
  private static int quantile(int places, double similarity) {
    double below = 0;
    double exactly = Math.pow(1 - similarity, places);
    for (int agreeing = 0; agreeing < places; agreeing++) {
      below += exactly;
      if (below > LOST) {
        return agreeing;
      }
      exactly *= (places - agreeing) / (agreeing + 1.0) * similarity / (1 - similarity);
    }
    return places;
  }
}
