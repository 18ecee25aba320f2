package io.alluvium.cli.demo.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.cli.demo.domain.question.QuestionAndAnswer;
import io.alluvium.cli.demo.domain.question.RepairRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SupportDomainTest {
  private static final DomainSize SIZE = DomainSize.of(1_024, 200);

  private final SupportDomain domain = new SupportDomain(17, SIZE);

  @Test
  void sameSeedGivesTheSameStreamAndAnotherSeedAnother() {
    assertThat(new SupportDomain(17, SIZE).stream()).isEqualTo(domain.stream());
    assertThat(new SupportDomain(17, SIZE).heldOut()).isEqualTo(domain.heldOut());
    assertThat(new SupportDomain(18, SIZE).stream()).isNotEqualTo(domain.stream());
  }

  @Test
  void noHeldOutQuestionIsEverSent() {
    Set<String> sent = examples().map(e -> e.question().prompt()).collect(Collectors.toSet());
    assertThat(domain.heldOut()).hasSize(SIZE.heldOut());
    assertThat(domain.heldOut()).noneMatch(question -> sent.contains(question.prompt()));
  }

  @Test
  void streamHoldsEveryGoodQuestionOnceAndAllPlantedFaults() {
    assertThat(domain.stream()).hasSize(SIZE.questions() + SIZE.faults().total());
    List<Deposit.Example> good = examples().filter(e -> e.id().startsWith("question-")).toList();
    assertThat(good).hasSize(SIZE.questions() + SIZE.faults().sameId());
    assertThat(good.stream().distinct()).hasSize(SIZE.questions());
    assertThat(domain.stream().stream().filter(d -> d instanceof Deposit.WrongBytes))
        .hasSize(SIZE.faults().wrongBytes());
    assertThat(examples().filter(e -> e.question().completion().isBlank()))
        .hasSize(SIZE.faults().emptyAnswers());
    assertThat(examples().filter(e -> e.question().prompt().length() > SIZE.limitCharacters()))
        .hasSize(SIZE.faults().overLong());
  }

  @Test
  void everyDuplicateFollowsItsOriginal() {
    Set<String> seen = new TreeSet<>();
    for (Deposit.Example example : examples().toList()) {
      String text = example.question().prompt() + example.question().completion();
      if (example.id().startsWith("again-")) {
        assertThat(seen).contains(text);
      }
      seen.add(text);
    }
  }

  @Test
  void goodRecordsArePrintableAsciiOfAtMostSixtyFourCharacters() {
    assertThat(Stream.concat(good(), domain.heldOut().stream()))
        .allMatch(q -> (q.prompt() + q.completion()).matches("[ -~]{1,64}"))
        .allMatch(q -> q.completion().startsWith(" "));
  }

  @Test
  void exactlyOneErrorNumberChangesItsActionAndHeldOutAnswersFollowTheNewRule() {
    Map<String, Set<String>> actions = new HashMap<>();
    good().forEach(q -> actionsOf(actions, q).add(action(q)));
    assertThat(actions).hasSize(RepairRule.ERRORS);
    assertThat(actions.values().stream().filter(found -> found.size() == 2)).hasSize(1);
    assertThat(actions.values().stream().filter(found -> found.size() == 1))
        .hasSize(RepairRule.ERRORS - 1);
    Map<String, Set<String>> later = new HashMap<>();
    domain.heldOut().forEach(q -> actionsOf(later, q).add(action(q)));
    assertThat(later.values()).allMatch(found -> found.size() == 1);
    assertThat(domain.change()).contains(", later ");
  }

  @Test
  void sizesThatCannotBeFilledAreRefusedWithTheNumbers() {
    DomainSize.FaultCounts none = new DomainSize.FaultCounts(0, 0, 0, 0, 0);
    assertThatThrownBy(() -> new DomainSize(100, 29, 4, none, 200))
        .hasMessage("100 questions and 29 held out are asked for, possible are 16 to 128 in all");
  }

  private Stream<Deposit.Example> examples() {
    return domain.stream().stream()
        .filter(Deposit.Example.class::isInstance)
        .map(Deposit.Example.class::cast);
  }

  private Stream<QuestionAndAnswer> good() {
    return examples().filter(e -> e.id().startsWith("question-")).map(Deposit.Example::question);
  }

  private static Set<String> actionsOf(
      Map<String, Set<String>> actions, QuestionAndAnswer question) {
    String error = question.prompt().replaceAll(".*error (\\d).*", "$1");
    return actions.computeIfAbsent(error, unseen -> new TreeSet<>());
  }

  private static String action(QuestionAndAnswer question) {
    return question.completion().strip().replaceAll(" .*", "");
  }
}
