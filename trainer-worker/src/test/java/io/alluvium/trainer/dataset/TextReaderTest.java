package io.alluvium.trainer.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.Messages;
import io.alluvium.trainer.model.chat.Turn;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleText.Conversation;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALLS = "[{\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1.5}}}]";
  private static final String TOOLS = "[{\"name\":\"f\"}]";

  @Test
  void fieldsOfMessagesReachTheTemplateByTheirOwnNames() throws IOException {
    TrainingExample example =
        example(
            Message.newBuilder(Messages.of("user", "q")).setName("ann").build(),
            Message.newBuilder(Messages.of("assistant", "")).setToolCalls(CALLS).build(),
            Message.newBuilder(Messages.of("tool", "1")).setToolCallId("c").build(),
            Message.newBuilder(Messages.of("assistant", "a")).setWeight(0).build());
    JsonNode calls = JSON.readTree(CALLS);
    assertThat(TextReader.textOf(example))
        .isEqualTo(
            new Conversation(
                List.of(
                    new Turn("user", "q", 1, Map.of("name", TextNode.valueOf("ann"))),
                    new Turn("assistant", "", 1, Map.of("tool_calls", calls)),
                    new Turn("tool", "1", 1, Map.of("tool_call_id", TextNode.valueOf("c"))),
                    new Turn("assistant", "a", 0, Map.of())),
                JSON.readTree(TOOLS)));
  }

  @Test
  void lineOfASuiteIsReadAsTheSameExampleIs() throws IOException {
    TrainingExample example =
        example(
            Messages.of("user", "q"),
            Message.newBuilder(Messages.of("assistant", "")).setToolCalls(CALLS).build(),
            Message.newBuilder(Messages.of("assistant", "a")).setWeight(0).build());
    String line =
        """
        {"messages":[{"role":"user","content":"q"},\
        {"role":"assistant","content":null,"tool_calls":%s},\
        {"role":"assistant","content":"a","weight":0}],"tools":%s}"""
            .formatted(CALLS, TOOLS);
    assertThat(ExampleText.ofJson(JSON.readTree(line))).isEqualTo(TextReader.textOf(example));
  }

  @Test
  void toolsThatAreNoJsonCostTheExample() {
    TrainingExample broken =
        TrainingExample.newBuilder(example(Messages.of("assistant", "a"))).setTools("[").build();
    assertThatThrownBy(() -> TextReader.textOf(broken))
        .isInstanceOf(UnrenderableChatException.class)
        .hasMessageStartingWith("tools is no JSON: ");
  }

  private static TrainingExample example(Message... messages) {
    return TrainingExample.newBuilder()
        .setId("x")
        .setAdapter("a")
        .setMessages(List.of(messages))
        .setTools(TOOLS)
        .setEventTime(Instant.EPOCH)
        .build();
  }
}
