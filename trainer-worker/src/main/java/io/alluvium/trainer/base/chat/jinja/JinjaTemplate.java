package io.alluvium.trainer.base.chat.jinja;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One template with the settings of transformers' {@code apply_chat_template}: {@code trim_blocks},
 * {@code lstrip_blocks}, {@code raise_exception}, {@code break} and {@code continue}, and the
 * {@code generation} block, whose text is put between two marks.
 *
 * <p>Values are never read as templates. {@code strftime_now} is left undefined: what a model is
 * trained on may not depend on the clock.
 */
public final class JinjaTemplate {
  /** Begins what a {@code generation} block wrote; a code point that no text may hold. */
  public static final char GENERATION_BEGINS = '\uFDD1';

  /** Ends what a {@code generation} block wrote. */
  public static final char GENERATION_ENDS = '\uFDD2';

  private static final Jinjava ENGINE = engine();

  private final String source;

  /** Takes a template as it stands in the folder. */
  public JinjaTemplate(String source) {
    String kept = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
    // Three expressions of well-known templates that Jinjava's parser cannot read.
    this.source =
        kept.replace("[::-1]", "|reverse")
            .replaceAll("=\\s*(messages\\s*\\|\\s*length\\s*-\\s*1)\\s*([,)])", "=($1)$2");
  }

  /** Whether it marks what the assistant says. */
  public boolean marksGeneration() {
    return source.matches("(?s).*\\{%[-+]?\\s*generation\\s*[-+]?%\\}.*");
  }

  /**
   * Renders.
   *
   * @throws JinjaException with the template's own message when it raises one
   */
  public String render(Map<String, ?> variables) {
    RenderResult result = ENGINE.renderForResult(source, variables);
    if (!result.getErrors().isEmpty()) {
      throw new JinjaException(
          result.getErrors().stream()
              .map(JinjaTemplate::message)
              .distinct()
              .collect(Collectors.joining("; ")));
    }
    return result.getOutput();
  }

  /** What templates call to refuse a conversation. */
  @SuppressWarnings("DoNotCallSuggester") // templates do
  public static Object raise(String message) {
    throw new JinjaException(message);
  }

  private static String message(TemplateError error) {
    Throwable cause = error.getException();
    while (cause != null && !(cause instanceof JinjaException)) {
      cause = cause.getCause();
    }
    String message = cause == null ? error.getMessage() : cause.getMessage();
    return String.valueOf(message).replace('\n', ' ');
  }

  private static Jinjava engine() {
    LegacyOverrides likePython =
        LegacyOverrides.newBuilder()
            .withEvaluateMapKeys(true)
            .withIterateOverMapKeys(true)
            .withUseNaturalOperatorPrecedence(true)
            .withParseWhitespaceControlStrictly(true)
            .withAllowAdjacentTextNodes(true)
            .withUseTrimmingForNotesAndExpressions(true)
            .withKeepNullableLoopValues(true)
            .withHandleBackslashInQuotesOnly(true)
            .build();
    Jinjava engine =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withKeepTrailingNewline(true)
                .withNestedInterpretationEnabled(false)
                .withElResolver(new PythonStrings())
                .withLegacyOverrides(likePython)
                .build());
    engine.getGlobalContext().registerTag(new Generation());
    engine
        .getGlobalContext()
        .registerFunction(
            new ELFunctionDefinition(
                "", "raise_exception", JinjaTemplate.class, "raise", String.class));
    return engine;
  }

  /** The block that transformers use for {@code return_assistant_tokens_mask}. */
  private static final class Generation implements Tag {
    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
      return "generation";
    }

    @Override
    public String getEndTagName() {
      return "endgeneration";
    }

    @Override
    public String interpret(TagNode block, JinjavaInterpreter interpreter) {
      StringBuilder text = new StringBuilder().append(GENERATION_BEGINS);
      for (Node child : block.getChildren()) {
        text.append(child.render(interpreter));
      }
      return text.append(GENERATION_ENDS).toString();
    }
  }
}
