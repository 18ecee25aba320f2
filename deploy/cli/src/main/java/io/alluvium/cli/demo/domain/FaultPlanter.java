package io.alluvium.cli.demo.domain;

import io.alluvium.cli.demo.domain.question.QuestionAndAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/** Puts faulty records between good ones, at places decided by chance. */
final class FaultPlanter {
  private final List<Deposit.Example> good;
  private final DomainSize size;
  private final RandomGenerator random;

  /** Faults by the number of the good record that they follow. */
  private final TreeMap<Integer, List<Deposit>> planted = new TreeMap<>();

  private int serial;

  private FaultPlanter(List<Deposit.Example> good, DomainSize size, RandomGenerator random) {
    this.good = good;
    this.size = size;
    this.random = random;
  }

  static List<Deposit> plant(List<Deposit.Example> good, DomainSize size, RandomGenerator random) {
    FaultPlanter planter = new FaultPlanter(good, size, random);
    planter.plantAll(size.faults());
    return planter.merged();
  }

  private void plantAll(DomainSize.FaultCounts faults) {
    plant(faults.sameId(), this::earlier);
    plant(faults.sameText(), at -> example("again", earlier(at).question()));
    plant(faults.emptyAnswers(), at -> example("empty", withoutAnswer(at)));
    plant(faults.overLong(), at -> example("long", overLong(at)));
    plant(faults.wrongBytes(), at -> new Deposit.WrongBytes("error log line " + at));
  }

  private Deposit.Example example(String kind, QuestionAndAnswer question) {
    serial++;
    return new Deposit.Example("%s-%03d".formatted(kind, serial), question);
  }

  private void plant(int count, IntFunction<Deposit> fault) {
    for (int i = 0; i < count; i++) {
      int after = random.nextInt(good.size());
      planted.computeIfAbsent(after, place -> new ArrayList<>()).add(fault.apply(after));
    }
  }

  private Deposit.Example earlier(int after) {
    return good.get(random.nextInt(after + 1));
  }

  private QuestionAndAnswer withoutAnswer(int at) {
    return new QuestionAndAnswer(good.get(at).question().prompt(), " ");
  }

  private QuestionAndAnswer overLong(int at) {
    QuestionAndAnswer question = good.get(at).question();
    int times = size.limitCharacters() / question.prompt().length() + 1;
    return new QuestionAndAnswer(
        (question.prompt() + " ").repeat(times).strip(), question.completion());
  }

  private List<Deposit> merged() {
    List<Deposit> stream = new ArrayList<>();
    for (int number = 0; number < good.size(); number++) {
      stream.add(good.get(number));
      stream.addAll(planted.getOrDefault(number, List.of()));
    }
    return List.copyOf(stream);
  }
}
