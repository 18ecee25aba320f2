package io.alluvium.trainer.finetune.method.choice;

import io.alluvium.trainer.finetune.method.EndMethod;
import io.alluvium.trainer.finetune.method.Method;
import io.alluvium.trainer.finetune.method.OrderMethod;
import io.alluvium.trainer.finetune.method.TokenMethod;
import io.alluvium.trainer.finetune.method.WeightMethod;
import io.alluvium.trainer.finetune.method.end.Average;
import io.alluvium.trainer.finetune.method.end.Lookahead;
import io.alluvium.trainer.finetune.method.end.Slao;
import io.alluvium.trainer.finetune.method.end.Slow;
import io.alluvium.trainer.finetune.method.order.DepthFirst;
import io.alluvium.trainer.finetune.method.token.Dft;
import io.alluvium.trainer.finetune.method.token.Eaft;
import io.alluvium.trainer.finetune.method.token.MaskedKl;
import io.alluvium.trainer.finetune.method.token.Stm;
import io.alluvium.trainer.finetune.method.token.TokenFlow;
import io.alluvium.trainer.finetune.method.weight.Ewc;
import io.alluvium.trainer.finetune.method.weight.Hft;
import io.alluvium.trainer.finetune.method.weight.L2;
import io.alluvium.trainer.program.loss.TokenText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The methods that a round trains with, in the order of their names' list.
 *
 * @param chosen each at most once
 */
public record Methods(List<Method> chosen) {
  /** By name, in the order in which they act and in which a refusal lists them. */
  private static final Map<String, DoubleFunction<Method>> KNOWN = new LinkedHashMap<>();

  static {
    KNOWN.put(Dft.NAME, Dft::new);
    KNOWN.put(Eaft.NAME, Eaft::new);
    KNOWN.put(Stm.NAME, Stm::new);
    KNOWN.put(TokenFlow.NAME, TokenFlow::new);
    KNOWN.put(MaskedKl.NAME, MaskedKl::new);
    KNOWN.put(L2.NAME, L2::new);
    KNOWN.put(Ewc.NAME, Ewc::new);
    KNOWN.put(Hft.NAME, Hft::new);
    KNOWN.put(DepthFirst.NAME, DepthFirst::new);
    KNOWN.put(Average.NAME, Average::new);
    KNOWN.put(Lookahead.NAME, Lookahead::new);
    KNOWN.put(Slow.NAME, Slow::new);
    KNOWN.put(Slao.NAME, Slao::new);
  }

  /** No method: training as it is. */
  public static final Methods NONE = new Methods(List.of());

  /** Checks that they go together. */
  public Methods {
    chosen = List.copyOf(chosen);
    List<String> factors = chosen.stream().filter(Methods::weighsTokens).map(Method::name).toList();
    requireOne(factors, "weighs single tokens its own way");
    requireOne(
        chosen.stream().filter(Methods::goesPartOfTheWay).map(Method::name).toList(),
        "says how much of the way is served");
  }

  private static void requireOne(List<String> names, String what) {
    if (names.size() > 1) {
      throw new IllegalArgumentException(
          "finetune.methods has %s, of which each %s: keep one".formatted(names, what));
    }
  }

  private static boolean goesPartOfTheWay(Method method) {
    return method instanceof EndMethod end && end.tail() == 0;
  }

  /** Whether one of these says how much of a round's way is served. */
  public boolean goPartOfTheWay() {
    return chosen.stream().anyMatch(Methods::goesPartOfTheWay);
  }

  /** The names there are. */
  public static Set<String> names() {
    return KNOWN.keySet();
  }

  /**
   * Methods by name.
   *
   * @param amounts how much of each
   * @throws IllegalArgumentException naming what is unknown, out of range or contradicts another
   */
  public static Methods of(Map<String, Double> amounts) {
    for (Map.Entry<String, Double> each : amounts.entrySet()) {
      if (!KNOWN.containsKey(each.getKey())) {
        throw new IllegalArgumentException(
            "finetune.methods knows no %s, only %s".formatted(each.getKey(), names()));
      }
    }
    List<Method> chosen = new ArrayList<>();
    KNOWN.forEach(
        (name, maker) -> {
          if (amounts.containsKey(name)) {
            chosen.add(maker.apply(amount(name, amounts.get(name))));
          }
        });
    return new Methods(chosen);
  }

  private static double amount(String name, @Nullable Double amount) {
    if (amount == null) {
      throw new IllegalArgumentException(
          "finetune.methods.%s has no amount: write %s: 1".formatted(name, name));
    }
    return amount;
  }

  /** What is done to single tokens. */
  public TokenText tokens() {
    return of(TokenMethod.class).stream()
        .map(TokenMethod::text)
        .reduce(TokenText.PLAIN, TokenText::with);
  }

  /** What holds or frees trained tensors. */
  public List<WeightMethod> weights() {
    return of(WeightMethod.class);
  }

  /** In which order batches are gone through, where that is not breadth first. */
  public Optional<OrderMethod> order() {
    return of(OrderMethod.class).stream().findFirst();
  }

  /** What candidates are made by, one after the other. */
  public List<EndMethod> ends() {
    return of(EndMethod.class);
  }

  private static boolean weighsTokens(Method method) {
    return method instanceof TokenMethod tokens && !tokens.text().factor().isEmpty();
  }

  private <M> List<M> of(Class<M> contract) {
    return chosen.stream().filter(contract::isInstance).map(contract::cast).toList();
  }
}
