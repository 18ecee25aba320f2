package io.alluvium.trainer.model.chat.jinja;

import io.alluvium.trainer.model.chat.jinja.parse.Program;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.render.Renderer;
import io.alluvium.trainer.model.chat.jinja.render.builtin.RaisedError;
import io.alluvium.trainer.model.chat.jinja.token.SyntaxError;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * One template with the settings of transformers' {@code apply_chat_template}: the immutable
 * sandbox, {@code trim_blocks}, {@code lstrip_blocks}, {@code break} and {@code continue}, {@code
 * raise_exception}, {@code tojson} without escapes for HTML, and the {@code generation} block,
 * whose text is put between two marks. {@code strftime_now} tells a time that is given, because
 * what a model is trained on may not depend on the clock.
 *
 * <p>Read once; any number of threads may render it at a time.
 */
public final class JinjaTemplate {
  /** Begins what a {@code generation} block wrote; a code point that no text may hold. */
  public static final char GENERATION_BEGINS = '\uFDD1';

  /** Ends what a {@code generation} block wrote. */
  public static final char GENERATION_ENDS = '\uFDD2';

  private final Optional<Program> program;
  private final LocalDateTime now;
  private final String complaint;

  /**
   * Takes a template as it stands in the folder. One that cannot be read fails when it is rendered.
   *
   * @param now what {@code strftime_now} tells
   */
  public JinjaTemplate(String source, LocalDateTime now) {
    this.now = now;
    Optional<Program> read = Optional.empty();
    String error = "";
    try {
      read = Optional.of(Program.read(source, Renderer.VOCABULARY));
    } catch (SyntaxError e) {
      error = String.valueOf(e.getMessage());
    } catch (StackOverflowError e) {
      // Brackets within long chains of operators within brackets …
      error = "line 1: the template is nested too deep";
    }
    this.program = read;
    this.complaint = error;
  }

  /** Whether it marks what the assistant says. */
  public boolean marksGeneration() {
    return program.map(Program::marksGeneration).orElse(false);
  }

  /**
   * Renders.
   *
   * @param variables String, number, Boolean, null, Collection, Map or JsonNode by name
   * @throws JinjaException with the template's own message when it raises one; else with the line
   *     and what is wrong there, also when it takes too long, goes too deep or writes too much
   */
  public String render(Map<String, ?> variables) {
    Program read = program.orElseThrow(() -> new JinjaException(complaint));
    try {
      return new Renderer(
              read, now, String.valueOf(GENERATION_BEGINS), String.valueOf(GENERATION_ENDS))
          .render(variables);
    } catch (PythonError | RaisedError e) {
      throw new JinjaException(String.valueOf(e.getMessage()));
    }
  }
}
