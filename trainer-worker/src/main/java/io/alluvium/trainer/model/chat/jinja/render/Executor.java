package io.alluvium.trainer.model.chat.jinja.render;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.render.builtin.Namespace;
import io.alluvium.trainer.model.chat.jinja.render.run.Flow;
import io.alluvium.trainer.model.chat.jinja.render.run.LoopState;
import io.alluvium.trainer.model.chat.jinja.render.run.Run;
import io.alluvium.trainer.model.chat.jinja.render.run.Scope;
import io.alluvium.trainer.model.chat.jinja.tree.Body;
import io.alluvium.trainer.model.chat.jinja.tree.Expression;
import io.alluvium.trainer.model.chat.jinja.tree.Statement;
import io.alluvium.trainer.model.chat.jinja.tree.Target;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

/** Does what statements say. */
final class Executor implements Statement.Visitor<Flow> {
  private static final Statement.Signature NO_PARAMETERS =
      new Statement.Signature(List.of(), List.of());

  private final Run run;
  private final Evaluator evaluator;
  private final Marks marks;
  private final Scope root;

  Executor(Run run, Marks marks) {
    this.run = run;
    this.marks = marks;
    this.root = run.scope();
    this.evaluator = new Evaluator(run);
  }

  /** What is written around what a {@code generation} block writes. */
  record Marks(String begin, String end) {}

  Run run() {
    return run;
  }

  Evaluator evaluator() {
    return evaluator;
  }

  /** Does all statements of a body, up to one that leaves it. */
  Flow all(Body body) {
    for (Statement statement : body.statements()) {
      run.meter.enter();
      Flow flow = statement.accept(this);
      run.meter.leave();
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Object value(Expression expression) {
    return evaluator.value(expression);
  }

  @Override
  public Flow data(Statement.Data it) {
    run.write(it.text());
    return Flow.ON;
  }

  @Override
  public Flow output(Statement.Output it) {
    run.write(Repr.str(value(it.value())));
    return Flow.ON;
  }

  @Override
  public Flow branch(Statement.Branch it) {
    return all(Types.truth(value(it.test())) ? it.then() : it.otherwise());
  }

  @Override
  public Flow loop(Statement.Loop it) {
    Object elements = value(it.elements());
    run.at(it.line());
    if (!it.recursive()) {
      return rounds(it, elements, Optional.empty(), 0);
    }
    run.write(recursion(it, run.scope()).render(elements, 0));
    return Flow.ON;
  }

  private LoopState.Recursion recursion(Statement.Loop it, Scope around) {
    return new LoopState.Recursion() {
      @Override
      public String render(Object elements, int depth) {
        return run.within(
            around,
            () -> run.captured(() -> rounds(it, elements, Optional.of(this), depth)).text());
      }
    };
  }

  private Flow rounds(
      Statement.Loop it, Object elements, Optional<LoopState.Recursion> recursion, int depth) {
    LoopState loop = new LoopState(elements(it, elements), recursion, depth);
    boolean nothing = true;
    while (loop.more()) {
      Scope scope = run.fresh(it.body());
      Object element = loop.next();
      Flow flow = run.within(scope, () -> round(it, loop, element));
      if (flow == Flow.OUT) {
        break;
      }
      nothing &= flow == Flow.NEXT;
    }
    return nothing ? run.within(run.fresh(it.otherwise()), () -> all(it.otherwise())) : Flow.ON;
  }

  private Flow round(Statement.Loop it, LoopState loop, Object element) {
    assign(it.target(), element, it.line());
    if (run.scope().has("loop")) {
      run.scope().set("loop", loop);
    }
    run.meter.enter();
    Flow flow = all(it.body());
    run.meter.leave();
    return flow;
  }

  private Iterator<Object> elements(Statement.Loop it, Object elements) {
    Iterator<Object> all = Types.iterate(elements);
    if (it.condition().isEmpty()) {
      return all;
    }
    Scope scope = run.fresh(it.conditions());
    return new Chosen(
        all,
        element ->
            run.within(
                scope,
                () -> {
                  assign(it.target(), element, it.line());
                  return Types.truth(value(it.condition().get()));
                }));
  }

  /** Elements that meet a condition, looked at when they are wanted. */
  static final class Chosen implements Iterator<Object> {
    private final Iterator<Object> all;
    private final Predicate<Object> condition;
    private Optional<Object> next = Optional.empty();

    Chosen(Iterator<Object> all, Predicate<Object> condition) {
      this.all = all;
      this.condition = condition;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && all.hasNext()) {
        next = Optional.of(all.next()).filter(condition);
      }
      return next.isPresent();
    }

    @Override
    public Object next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Object element = next.orElseThrow();
      next = Optional.empty();
      return element;
    }
  }

  @Override
  public Flow jump(Statement.Jump it) {
    return it.out() ? Flow.OUT : Flow.NEXT;
  }

  @Override
  public Flow assign(Statement.Assign it) {
    run.at(it.line());
    it.target().namespaces().forEach(this::namespace);
    assign(it.target(), value(it.value()), it.line());
    return Flow.ON;
  }

  private Namespace namespace(String name) {
    if (evaluator.variable(name) instanceof Namespace namespace) {
      return namespace;
    }
    throw new PythonError("cannot assign attribute on non-namespace object '" + name + "'");
  }

  private void assign(Target target, Object value, int line) {
    if (target instanceof Target.Several several) {
      run.at(line);
      several(several.parts(), Types.iterate(value), line);
    } else if (target instanceof Target.Field field) {
      namespace(field.namespace()).set(field.name(), value);
    } else {
      String name = target.names().get(0);
      run.scope().set(name, value);
      if (run.scope() == root) {
        run.publish(name, value);
      }
    }
  }

  private void several(List<Target> targets, Iterator<Object> values, int line) {
    List<Object> taken = new java.util.ArrayList<>();
    while (values.hasNext() && taken.size() <= targets.size()) {
      taken.add(values.next());
    }
    if (taken.size() != targets.size()) {
      throw new PythonError(
          taken.size() > targets.size()
              ? "too many values to unpack (expected " + targets.size() + ")"
              : "not enough values to unpack (expected %d, got %d)"
                  .formatted(targets.size(), taken.size()));
    }
    for (int n = 0; n < targets.size(); n++) {
      assign(targets.get(n), taken.get(n), line);
    }
  }

  @Override
  public Flow capture(Statement.Capture it) {
    Scope scope = run.fresh(it.body());
    Run.Captured captured = run.captured(() -> run.within(scope, () -> all(it.body())));
    if (captured.flow() == Flow.ON) {
      run.at(it.line());
      Object value =
          it.filter()
              .map(f -> run.within(scope, () -> evaluator.filtered(captured.text(), f)))
              .orElse(captured.text());
      assign(it.target(), value, it.line());
    }
    return captured.flow();
  }

  @Override
  public Flow macro(Statement.Macro it) {
    Macro macro = new Macro(this, Optional.of(it.name()), it.signature(), it.body());
    assign(new Target.Variable(it.name()), macro, it.line());
    return Flow.ON;
  }

  @Override
  public Flow callBlock(Statement.CallBlock it) {
    Macro caller = new Macro(this, Optional.empty(), it.signature(), it.body());
    run.write(Repr.str(evaluator.call(it.call(), given -> given.with("caller", caller))));
    return Flow.ON;
  }

  @Override
  public Flow generation(Statement.Generation it) {
    Macro body = new Macro(this, Optional.empty(), NO_PARAMETERS, it.body());
    run.write(marks.begin() + Repr.str(body.call(Arguments.NONE)) + marks.end());
    return Flow.ON;
  }

  @Override
  public Flow filterBlock(Statement.FilterBlock it) {
    Scope scope = run.fresh(it.body());
    Run.Captured captured = run.captured(() -> run.within(scope, () -> all(it.body())));
    if (captured.flow() == Flow.ON) {
      run.write(
          Repr.str(run.within(scope, () -> evaluator.filtered(captured.text(), it.filter()))));
    }
    return captured.flow();
  }

  @Override
  public Flow with(Statement.With it) {
    Scope scope = run.fresh(it.body());
    for (int n = 0; n < it.targets().size(); n++) {
      Target target = it.targets().get(n);
      Object value = value(it.values().get(n));
      run.within(
          scope,
          () -> {
            assign(target, value, it.line());
            return Flow.ON;
          });
    }
    return run.within(scope, () -> all(it.body()));
  }

  @Override
  public Flow block(Statement.Block it) {
    return run.within(run.fresh(it.body(), Optional.empty()), () -> all(it.body()));
  }
}
