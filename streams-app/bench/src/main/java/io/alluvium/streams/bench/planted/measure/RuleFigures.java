package io.alluvium.streams.bench.planted.measure;

import io.alluvium.streams.bench.planted.outcome.Outcome;
import io.alluvium.streams.bench.planted.outcome.Row;
import io.alluvium.streams.bench.planted.outcome.Row.Findings;
import io.alluvium.streams.bench.planted.stream.Planted.Plant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Precision and recall of the rules of admission and de-duplication, and by form. */
public final class RuleFigures {
  private static final String ALL = "all";

  private static final List<Rule> RULES =
      List.of(
          new Rule("secrets", Plant.SECRET, RuleFigures::isSecretFound, form -> List.of(form)),
          new Rule("suites", Plant.LEAK, one -> one.isRefused("SUITE_LEAK"), form -> List.of(form)),
          new Rule(
              "nearDuplicates",
              Plant.NEAR_DUPLICATE,
              one -> one.isRefused("DUPLICATE_"),
              form -> Arrays.asList(form.split("\\+"))));

  private RuleFigures() {}

  /** What a rule should find, how one sees that it did, and the forms that one form is made of. */
  private record Rule(
      String name, Plant plant, Predicate<Outcome> isFound, Function<String, List<String>> forms) {
    Stream<Row> rows(List<Outcome> outcomes) {
      TreeSet<String> forms = new TreeSet<>();
      outcomes.stream().filter(this::isAsked).forEach(one -> forms.addAll(formsOf(one)));
      List<Row> rows = new ArrayList<>();
      rows.add(findings(ALL, outcomes));
      for (String form : forms) {
        rows.add(
            findings(form, outcomes.stream().filter(one -> formsOf(one).contains(form)).toList()));
      }
      return rows.stream();
    }

    private boolean isAsked(Outcome one) {
      return one.planted().plant() == plant || one.planted().plant() == Plant.CLEAN;
    }

    private List<String> formsOf(Outcome one) {
      String form = one.planted().form();
      return one.planted().plant() == plant
          ? forms.apply(form)
          : form.isEmpty() ? List.of() : List.of("not " + form);
    }

    private Findings findings(String form, List<Outcome> outcomes) {
      List<Outcome> with = outcomes.stream().filter(one -> one.planted().plant() == plant).toList();
      List<Outcome> without =
          outcomes.stream().filter(one -> one.planted().plant() != plant).toList();
      return new Findings(name, form, with.size(), count(with), without.size(), count(without));
    }

    private int count(List<Outcome> outcomes) {
      return (int) outcomes.stream().filter(isFound).count();
    }
  }

  /** All rules. */
  public static List<Row> of(List<Outcome> outcomes) {
    return RULES.stream().flatMap(rule -> rule.rows(outcomes)).toList();
  }

  private static boolean isSecretFound(Outcome one) {
    return one.isRefused("SECRET_") || one.isRefused("PERSONAL_") || one.isMasked();
  }
}
