package io.alluvium.streams.bench.rule;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.AdmitConfig;
import io.alluvium.streams.admit.AdmitRules;
import io.alluvium.streams.admit.TextRules;
import io.alluvium.streams.admit.form.ContentRules;
import io.alluvium.streams.admit.secret.SecretScan;
import io.alluvium.streams.admit.suite.LeakRule;
import io.alluvium.streams.admit.suite.SuiteBook;
import io.alluvium.streams.admit.text.TextProfile;
import io.alluvium.streams.admit.text.language.LanguageConfig;
import io.alluvium.streams.admit.text.language.LanguageRule;
import io.alluvium.streams.admit.text.quality.QualityRule;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.dedup.near.Banding;
import io.alluvium.streams.dedup.near.NearWindow;
import io.alluvium.streams.dedup.near.Signature;
import io.alluvium.streams.stage.record.RuleContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds per record of each rule of admission and near-duplicates. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class RuleBenchmark {
  private static final int RECORDS = BenchmarkRecords.COUNT;

  /** Characters of a record, about. */
  @Param({"200", "1000", "4000"})
  public int characters;

  private final List<TrainingExample> examples = new ArrayList<>();
  private final Signature signature = new Signature();
  private final NearWindow window = new NearWindow(1000);
  private final List<short[]> signatures = new ArrayList<>();
  private final Banding banding = Banding.of(0.8);
  private AdmitRules form;
  private TextRules texts;
  private QualityRule quality;
  private LeakRule leak;
  private LanguageRule language;
  private RuleContext context;
  private int next;

  /** Records of a planted stream, cut and joined to size. */
  @Setup
  public void prepare() {
    AdmitConfig config = StreamsAppConfig.byDefault().admit();
    SuiteBook suites = new SuiteBook();
    BenchmarkRecords.suite().forEach(suites::take);
    examples.addAll(BenchmarkRecords.of(characters));
    form = new AdmitRules(config);
    texts = new TextRules(config, suites);
    quality = new QualityRule(config.quality());
    leak = new LeakRule(suites, config.suites());
    language = new LanguageRule(new LanguageConfig(List.of("eng"), 200, 40, 1000));
    context =
        new RuleContext(
            System.currentTimeMillis(),
            1,
            1,
            new RecordOrigin("examples", 0, 0L),
            StreamsAppConfig.byDefault().policies().configured());
    for (int i = 0; i < RECORDS; i++) {
      signatures.add(signature.of(ContentRules.texts(examples.get(i))));
      window.add(new NearWindow.Entry(i, 0, i, signatures.get(i)));
    }
  }

  private TrainingExample example() {
    next = (next + 1) % RECORDS;
    return examples.get(next);
  }

  /** Form, sizes and times. */
  @Benchmark
  public Object form() {
    return form.check(example(), context);
  }

  /** All rules on texts. */
  @Benchmark
  public Object texts() {
    return texts.judge(example(), 1);
  }

  /** Counts of one pass over the response. */
  @Benchmark
  public Object profile() {
    return TextProfile.of(example().getCompletion());
  }

  /** Secrets in the response. */
  @Benchmark
  public Object secrets() {
    return SecretScan.of(example().getCompletion());
  }

  /** Shares measured on the response, its profile included. */
  @Benchmark
  public Object quality() {
    String response = example().getCompletion();
    return quality.check(response, TextProfile.of(response));
  }

  /** 400 items of a suite. */
  @Benchmark
  public Object suites() {
    return leak.check(ContentRules.texts(example()), 1);
  }

  /** Language of the first 200 characters; off by default. */
  @Benchmark
  public Object language() {
    return language.check(example().getCompletion());
  }

  /** A signature of both parts. */
  @Benchmark
  public Object signature() {
    return signature.of(ContentRules.texts(example()));
  }

  /** A look into a full window of 1,000. */
  @Benchmark
  public Object window() {
    next = (next + 1) % RECORDS;
    return window.find(signatures.get(next), banding, new NearWindow.Reach(0, 0));
  }
}
