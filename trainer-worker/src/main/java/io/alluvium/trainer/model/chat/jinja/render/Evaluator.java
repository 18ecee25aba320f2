package io.alluvium.trainer.model.chat.jinja.render;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Callable;
import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.python.format.PercentFormat;
import io.alluvium.trainer.model.chat.jinja.python.operate.Arithmetic;
import io.alluvium.trainer.model.chat.jinja.python.operate.Compare;
import io.alluvium.trainer.model.chat.jinja.python.operate.Slices;
import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.type.Markup;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import io.alluvium.trainer.model.chat.jinja.render.path.Attributes;
import io.alluvium.trainer.model.chat.jinja.render.run.Run;
import io.alluvium.trainer.model.chat.jinja.tree.Expression;
import io.alluvium.trainer.model.chat.jinja.tree.Expression.Given;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Finds the values of expressions. */
final class Evaluator implements Expression.Visitor<Object> {
  private final Run run;

  /** What a filter block has written, for the filter without a target. */
  private String blockText = "";

  Evaluator(Run run) {
    this.run = run;
  }

  Object value(Expression expression) {
    run.meter.enter();
    Object value = expression.accept(this);
    run.meter.leave();
    return value;
  }

  /** Puts a text through the filters of a block. */
  Object filtered(String text, Expression filters) {
    String before = blockText;
    blockText = text;
    Object value = value(filters);
    blockText = before;
    return value;
  }

  private Object made(Object value, int line) {
    run.at(line);
    return run.meter.made(value);
  }

  Object variable(String name) {
    return run.scope()
        .find(name)
        .or(() -> run.variable(name))
        .orElseGet(() -> Undefined.name(name));
  }

  private List<Object> values(List<Expression> expressions) {
    List<Object> values = new ArrayList<>();
    for (Expression expression : expressions) {
      values.add(value(expression));
    }
    return values;
  }

  @Override
  public Object literal(Expression.Literal it) {
    return it.value();
  }

  @Override
  public Object name(Expression.Name it) {
    return variable(it.name());
  }

  @Override
  public Object sequence(Expression.Sequence it) {
    List<Object> values = values(it.parts());
    return it.tuple() ? new Tuple(values) : values;
  }

  @Override
  public Object mapping(Expression.Mapping it) {
    List<Object> values = values(it.parts());
    run.at(it.line());
    Dict dict = new Dict();
    for (int n = 0; n < values.size(); n += 2) {
      dict.put(values.get(n), values.get(n + 1));
    }
    return dict;
  }

  @Override
  public Object unary(Expression.Unary it) {
    Object operand = value(it.operand());
    run.at(it.line());
    return switch (it.operator()) {
      case "not" -> !Types.truth(operand);
      case "-" -> Arithmetic.negate(operand);
      default -> Arithmetic.plus(operand);
    };
  }

  @Override
  public Object binary(Expression.Binary it) {
    Object left = value(it.left());
    String operator = it.operator();
    if (operator.equals("and") || operator.equals("or")) {
      return Types.truth(left) == operator.equals("or") ? left : value(it.right());
    }
    Object right = value(it.right());
    run.at(it.line());
    return made(
        operator.equals("%") && Types.text(left).isPresent()
            ? percent(left, right)
            : Arithmetic.apply(operator, left, right),
        it.line());
  }

  private static Object percent(Object template, Object values) {
    if (template instanceof Markup) {
      throw new PythonError("'%' on a text marked as safe is not supported");
    }
    return PercentFormat.format(Repr.str(template), values);
  }

  @Override
  public Object concat(Expression.Concat it) {
    BoundedText text = new BoundedText();
    for (Expression part : it.parts()) {
      text.add(Repr.str(value(part)));
    }
    return made(text.toString(), it.line());
  }

  @Override
  public Object comparison(Expression.Comparison it) {
    Object left = value(it.parts().get(0));
    for (int n = 0; n < it.operators().size(); n++) {
      Object right = value(it.parts().get(n + 1));
      run.at(it.line());
      if (!holds(it.operators().get(n), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  static boolean holds(String operator, Object left, Object right) {
    return switch (operator) {
      case "==" -> Compare.equal(left, right);
      case "!=" -> !Compare.equal(left, right);
      case "in" -> Compare.contains(right, left);
      case "not in" -> !Compare.contains(right, left);
      case "<" -> Compare.ordered(left, right, operator) == -1;
      case ">" -> Compare.ordered(left, right, operator) == 1;
      case "<=" -> Compare.ordered(left, right, operator) <= 0;
      default -> List.of(0, 1).contains(Compare.ordered(left, right, operator));
    };
  }

  @Override
  public Object conditional(Expression.Conditional it) {
    if (Types.truth(value(it.test()))) {
      return value(it.then());
    }
    return it.otherwise()
        .map(this::value)
        .orElseGet(
            () ->
                Undefined.of(
                    "the inline if-expression on line "
                        + it.line()
                        + " evaluated to false and no else section was defined."));
  }

  @Override
  public Object attribute(Expression.Attribute it) {
    Object owner = value(it.owner());
    run.at(it.line());
    return Attributes.attribute(owner, it.name());
  }

  @Override
  public Object item(Expression.Item it) {
    Object owner = value(it.owner());
    Object key = value(it.key());
    run.at(it.line());
    return Attributes.item(owner, key);
  }

  @Override
  public Object slice(Expression.Slice it) {
    List<Object> parts = values(it.parts());
    run.at(it.line());
    return made(Slices.slice(parts.get(0), parts.get(1), parts.get(2), parts.get(3)), it.line());
  }

  @Override
  public Object call(Expression.Call it) {
    return call(it, given -> given);
  }

  /** Calls, with what is done to the arguments before. */
  Object call(Expression.Call it, UnaryOperator<Arguments> more) {
    Object target = value(it.target());
    Arguments arguments = more.apply(arguments(it.given()));
    run.at(it.line());
    Types.defined(target);
    if (!(target instanceof Callable callable)) {
      throw new PythonError("'" + Types.name(target) + "' object is not callable");
    }
    return made(callable.call(arguments), run.line());
  }

  private Arguments arguments(Given given) {
    List<Object> positional = values(given.positional());
    Map<String, Object> keywords = new LinkedHashMap<>();
    given.keywords().forEach((name, each) -> keywords.put(name, value(each)));
    given.list().ifPresent(list -> Types.iterate(value(list)).forEachRemaining(positional::add));
    given.dict().ifPresent(dict -> keywords(value(dict), keywords));
    return new Arguments(positional, keywords);
  }

  private static void keywords(Object value, Map<String, Object> keywords) {
    Types.defined(value);
    if (!(value instanceof Dict dict)) {
      throw new PythonError("argument after ** must be a mapping, not " + Types.name(value));
    }
    for (Tuple item : dict.items()) {
      String name =
          Types.text(item.items().get(0))
              .orElseThrow(() -> new PythonError("keywords must be strings"));
      if (keywords.put(name, item.items().get(1)) != null) {
        throw new PythonError("got multiple values for keyword argument '" + name + "'");
      }
    }
  }

  @Override
  public Object filter(Expression.Filter it) {
    Object target = it.target().map(this::value).orElse(blockText);
    Arguments arguments = arguments(it.given());
    run.at(it.line());
    return made(Filters.apply(it.name(), target, arguments), it.line());
  }

  @Override
  public Object test(Expression.Test it) {
    Object target = value(it.target());
    Arguments arguments = arguments(it.given());
    run.at(it.line());
    return Tests.holds(it.name(), target, arguments);
  }
}
