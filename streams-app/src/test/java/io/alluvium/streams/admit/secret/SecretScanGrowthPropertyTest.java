package io.alluvium.streams.admit.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each beginning that the scan stops at, over and over, alone and mixed: eight times the text takes
 * about eight times the work, and sixty-four times where something is read again and again. What is
 * compared is processor time of this thread with itself, so other load does not count.
 */
class SecretScanGrowthPropertyTest {
  private static final long SEED = 20261127;
  private static final int MIXTURES = 24;
  private static final int SHORT = 12_500;
  private static final int TIMES = 8;

  /** Half way, on a scale of powers, between growth with the length and with its square. */
  private static final double MOST_GROWTH = TIMES * Math.sqrt(TIMES);

  /** Below so little the clock and the compiler are all that is measured. */
  private static final long LEAST_NS = 20_000_000;

  /** The least of so many is taken, since what others do to caches only adds to it. */
  private static final int TURNS = 2;

  private static final int MOST_TURNS = 8;

  private static final List<String> BEGINNINGS =
      List.of(
          "a@b.",
          "a@",
          "@",
          "[a@b.cd ",
          "ssh a@b.c ",
          "x@y.zz/",
          "a@b.c:",
          "+1 ",
          "+",
          "1 ",
          "(1) ",
          "(",
          "(0",
          "0123 ",
          "00 ",
          "1-",
          "1.",
          "1/",
          "tel 1234567 ",
          "tel ",
          "4111 ",
          "4111 1111 1111 ",
          "9",
          "0",
          "DE12 ",
          "DE89",
          "AKIA",
          "sk-",
          "sk-a1B2",
          "password=",
          "password = \"",
          "password = \"a1",
          "password is ",
          "password a1b2c3d4 ",
          "password:\n",
          "password: a",
          "password: String = ",
          "\"password\", \"",
          "<password>",
          "| password |",
          "value=\"",
          "password\" value=\"",
          "--pw ",
          "--password=",
          "-u a:",
          "-p ",
          "mysql -p",
          "bearer ",
          "Authorization: Basic ",
          "-----BEGIN PGP ",
          "-----BEGIN A PRIVATE KEY-----",
          "-----BEGIN A-----\\n",
          "-----BEGIN A-----\nAAAAAA\n a@b.cd ",
          "a: b\n-----BEGIN A-----\n",
          "Authorization: x 0-----BEGIN PGP PRIVATE KEY BLOCK-----\n",
          "x://a:b@",
          "x://a:",
          "//",
          "https://a.b/?a=Ab1Cd2Ef3Gh4Ij5Kl6Mn7Op8Qr9St0Uv&",
          "services/",
          "eyJ.eyJ",
          ".eyJ",
          "sha256-",
          "h1:",
          "base64,",
          "A1b2C3d4",
          "Ab1-",
          "Ab1_",
          "SG.",
          "ya29.",
          "\n",
          " ",
          "-",
          "_",
          ".",
          "=",
          "\"",
          "'",
          "`",
          ":",
          "a.",
          "\\n",
          "密码：",
          "密码是",
          "aB1+/",
          "token=a.b",
          "token=a_",
          "token=a->",
          "é ");

  static Stream<String> texts() {
    SplittableRandom random = new SplittableRandom(SEED);
    return Stream.concat(
        BEGINNINGS.stream(),
        IntStream.range(0, MIXTURES)
            .mapToObj(
                i ->
                    IntStream.rangeClosed(0, 1 + random.nextInt(3))
                        .mapToObj(j -> BEGINNINGS.get(random.nextInt(BEGINNINGS.size())))
                        .collect(Collectors.joining())));
  }

  @ParameterizedTest(name = "seed " + SEED + ", {0}")
  @MethodSource("texts")
  void workGrowsWithTheLengthAlone(String beginning) {
    long few = leastNs(repeated(beginning, SHORT), Long.MAX_VALUE);
    long most = (long) (MOST_GROWTH * Math.max(few, LEAST_NS / TIMES));
    long many = leastNs(repeated(beginning, SHORT * TIMES), most);
    assertThat(many).as("%d ns for %d characters", few, SHORT).isLessThan(most);
  }

  private static String repeated(String beginning, int length) {
    return beginning.repeat(length / beginning.length() + 1).substring(0, length);
  }

  /** Goes on beyond the ordinary turns while it takes longer than {@code enough}. */
  private static long leastNs(String text, long enough) {
    var threads = ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int turn = 0; turn < TURNS || (turn < MOST_TURNS && least >= enough); turn++) {
      long before = threads.getCurrentThreadCpuTime();
      assertThat(SecretScan.of(text)).isNotNull();
      least = Math.min(least, threads.getCurrentThreadCpuTime() - before);
    }
    return least;
  }
}
