package io.alluvium.cli.produce.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.produce.field.FieldException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapingTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> notes = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'conversations':[{'from':'human','value':'q'},{'from':'gpt','value':'a','weight':0}],'id':'7'}"
            + "|{'id':'7','messages':[{'role':'user','content':'q'},{'role':'assistant','content':'a','weight':0}]}",
        "{'conversations':[{'role':'user','content':'q'},{'role':'assistant','content':'a'}],'system':'s'}"
            + "|{'messages':[{'role':'system','content':'s'},{'role':'user','content':'q'},{'role':'assistant','content':'a'}]}",
        "{'conversations':[{'from':'human','value':'q'},{'from':'function_call','value':'{`name`:`f`,`arguments`:{`x`:1}}'},{'from':'observation','value':'1'},{'from':'gpt','value':'a'}],'tools':'[]'}"
            + "|{'tools':'[]','messages':[{'role':'user','content':'q'},{'role':'assistant','content':'','tool_calls':[{'type':'function','function':{'name':'f','arguments':{'x':1}}}]},{'role':'tool','content':'1'},{'role':'assistant','content':'a'}]}",
        "{'instruction':'add','input':'1 and 2','output':'3','text':'the same in a template'}"
            + "|{'messages':[{'role':'user','content':'add!1 and 2'},{'role':'assistant','content':'3'}]}",
        "{'instruction':'add','input':'','output':'3','system':'s','history':[['a','b']],'source':'x'}"
            + "|{'source':'x','messages':[{'role':'system','content':'s'},{'role':'user','content':'a'},{'role':'assistant','content':'b'},{'role':'user','content':'add'},{'role':'assistant','content':'3'}]}",
        "{'messages':[{'role':'user','content':'q'}],'parallel_tool_calls':false}"
            + "|{'messages':[{'role':'user','content':'q'}]}",
      })
  void lineOfAnyShapeBecomesOneOfOurOwn(String line, String own) throws FieldException {
    assertThat(new Shaping(Shape.auto, notes::add).own(json(line))).isEqualTo(json(own));
    assertThat(notes).hasSize(1);
  }

  @Test
  void ourOwnLinesPassAsTheyAreAndNothingIsSaid() throws FieldException {
    ObjectNode line = json("{'prompt':'p','completion':'c','labels':{'a':'b'}}");
    assertThat(new Shaping(Shape.auto, notes::add).own(line)).isEqualTo(line);
    assertThat(notes).isEmpty();
  }

  @Test
  void firstLineThatHasAShapeDecidesForTheFileAndIsToldOnce() throws FieldException {
    Shaping shaping = new Shaping(Shape.auto, notes::add);
    assertRefused(shaping, "{'note':'x'}", "needs either prompt and completion, or messages");
    shaping.own(json("{'instruction':'i','output':'o'}"));
    shaping.own(json("{'instruction':'j','output':'o'}"));
    assertThat(notes)
        .containsExactly(
            "lines of shape alpaca, read as messages; --shape alpaca says so without asking the first line");
    assertRefused(
        shaping,
        "{'prompt':'p','completion':'c'}",
        "a line of shape alluvium in a file of shape alpaca: bring it in a file of its own");
  }

  @Test
  void shapeThatWasNamedIsTheOnlyOne() throws FieldException {
    assertRefused(
        new Shaping(Shape.sharegpt, notes::add),
        "{'instruction':'i','output':'o'}",
        "a line of shape alpaca, --shape names sharegpt");
    new Shaping(Shape.openai, notes::add).own(json("{'messages':[]}"));
    assertThat(notes).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'conversations':[]}|conversations is not a list with at least one turn",
        "{'conversations':['x']}|turn 1 is no object with from and value",
        "{'conversations':[{'from':'narrator','value':'x'}]}|turn 1 is from \"narrator\", which is none of human, gpt, system, tool, function_call, observation",
        "{'conversations':[{'from':'function_call','value':'look it up'}]}|turn 1 is from function_call, but no JSON object with name and arguments",
        "{'conversations':[{'from':'human','value':'x','markdown':'y'}]}|unknown field \"markdown\" of turn 1",
        "{'conversations':[{'from':'human','value':'x'}],'model':'m'}|unknown field \"model\"; put data of your own under labels",
        "{'instruction':'i'}|of shape alpaca, but without output",
        "{'instruction':'i','output':'o','history':[['a']]}|history is not a list of pairs [instruction, output]",
        "{'instruction':'i','output':'o','history':[['a',1]]}|history holds 1, not a string",
        "{'instruction':'i','output':'o','input':3}|input is not a string",
        "{'instruction':'i','output':'o','score':3}|unknown field \"score\"; put data of your own under labels",
      })
  void lineThatBreaksARuleOfItsShapeIsRefusedForIt(String line, String rule) {
    assertRefused(new Shaping(Shape.auto, notes::add), line, rule);
  }

  private static void assertRefused(Shaping shaping, String line, String rule) {
    FieldException refused =
        catchThrowableOfType(FieldException.class, () -> shaping.own(json(line)));
    assertThat(refused.rule()).isEqualTo(rule);
  }

  /** A quote stands for a double one, a grave accent for one within a text, ! for a line end. */
  private static ObjectNode json(String text) {
    String json = text.replace('\'', '"').replace("`", "\\\"").replace("!", "\\n");
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}
