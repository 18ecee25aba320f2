package io.alluvium.trainer.model.chat.jinja.render;

import io.alluvium.trainer.model.chat.jinja.parse.Program;
import io.alluvium.trainer.model.chat.jinja.python.call.Door;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.render.builtin.Builtins;
import io.alluvium.trainer.model.chat.jinja.render.builtin.RaisedError;
import io.alluvium.trainer.model.chat.jinja.render.run.Run;
import io.alluvium.trainer.model.chat.jinja.scope.Vocabulary;
import java.time.LocalDateTime;
import java.util.Map;

/** Renders a program; any number at a time. */
public final class Renderer {
  /** What templates may name. */
  public static final Vocabulary VOCABULARY = new Vocabulary(Filters.names(), Tests.names());

  private final Program program;
  private final Map<String, Object> functions;
  private final Executor.Marks marks;

  /**
   * @param now what {@code strftime_now} tells
   * @param begin written before what a {@code generation} block writes
   * @param end written after it
   */
  public Renderer(Program program, LocalDateTime now, String begin, String end) {
    this.program = program;
    this.functions = Builtins.at(now);
    this.marks = new Executor.Marks(begin, end);
  }

  /**
   * Renders with these variables, which may hide functions.
   *
   * @throws RaisedError when the template raises it
   * @throws PythonError when it fails; the message names the line
   */
  public String render(Map<String, ?> variables) {
    Map<String, Object> all = new java.util.HashMap<>(functions);
    variables.forEach((name, value) -> all.put(name, Door.in(value)));
    Run run = new Run(program, all);
    try {
      new Executor(run, marks).all(program.body());
      return run.written();
    } catch (PythonError e) {
      throw new PythonError("line " + run.line() + ": " + e.getMessage());
    } catch (StackOverflowError e) {
      // Values nested in each other without end; nesting of the template itself is counted.
      throw new PythonError("line " + run.line() + ": values are nested too deep");
    }
  }
}
