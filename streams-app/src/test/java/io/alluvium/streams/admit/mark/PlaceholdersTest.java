package io.alluvium.streams.admit.mark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Where is my parcel?      | Dear {{name}}, it left our house on {{date}}.    | {{name}}
          Where is my parcel?      | {{ answer }}                                     | {{ answer }}
          Who are you?             | I am {{bot-name}}.                               | {{bot-name}}
          Wer sind Sie?            | Guten Tag {{Vorname Name}}, ich bin der Helfer.  | {{Vorname Name}}
          你是谁？                  | 您好，{{姓名}}。                                  | {{姓名}}
          How do I close it?       | {% if late %}Sorry.{% endif %} Press twice.      | {% if late %}
          How do I close it?       | ${user.name}, press it twice.                    | ${user.name}
          How do I close it?       | {{#late}}Sorry.{{/late}} Press twice.            | {{#late}}
          Say hello to {{guest}}.  | Hello, dear guest.                               | {{guest}}
          How do I close it?       | <%= reply %>                                     | <%= reply %>
          """)
  void whatNobodyFilledInIsFound(String prompt, String answer, String placeholder) {
    assertThat(Placeholders.unfilled(List.of(prompt, answer))).contains(placeholder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          How do I print a name in Jinja?             | Write {{ name }} where it is to stand.
          What does {{ item }} mean in this playbook? | The loop's present item.
          How is a variable written in the shell?     | As ${name}, or without braces.
          Where does Java lie?                        | In ${JAVA_HOME}, which the system sets.
          Format it in Rust.                          | println!("{{{}}}", name);
          Write the set.                              | The set {{1, 2}, {3}} has two members.
          Show the nested map.                        | {"a": {"b": {"c": 1}}}
          Typeset a fraction.                         | \\frac{{a}}{{b}}
          Show the Helm value.                        | {{ .Values.image }}
          Greet in Vue.                               | <p>Hello {{ name }}</p>
          What is {{a}} in a mail template?           | A place for a value.
          Name a set with one member.                 | {{}} holds the empty set.
          Which token does the workflow need?         | ${{ secrets.TOKEN }}
          Assign it.                                  | total = {{a}}
          模板里怎么写名字？                            | 写 {{name}}。
          """)
  void whatIsAboutTemplatesOrCodeIsLeft(String prompt, String answer) {
    assertThat(Placeholders.unfilled(List.of(prompt, answer))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{", "{%a", "${a", "{{a", "<%=", "{{a }", "{{ ", "{", "<%= a"})
  void aLongTextOfBeginningsIsReadOnce(String beginning) {
    assertThat(Placeholders.unfilled(List.of(beginning.repeat(200_000 / beginning.length()))))
        .isEmpty();
  }
}
