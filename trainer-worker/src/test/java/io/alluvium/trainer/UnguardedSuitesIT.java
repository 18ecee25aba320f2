package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.trainer.train.TrainRoleIT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A topic of suites that a train role may not write, and one that it is told to leave alone. */
class UnguardedSuitesIT {
  private static final String UNGUARDED = "the suites that the gate measures by are not guarded (";

  @RegisterExtension static final LocalStackExtension STACK = LocalStackExtension.own();

  @Test
  void roleThatMayNotWriteThemSaysSoInOneLineAndTrains(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "denied-");
    authorize(stack);
    allow(
        worker,
        AclOperation.DESCRIBE,
        AclOperation.DESCRIBE_CONFIGS,
        AclOperation.ALTER_CONFIGS,
        AclOperation.READ);
    worker.start("train", withSuite(worker));
    String name = worker.name("train");
    assertThat(worker.logged(name, UNGUARDED)).isEqualTo(1);
    assertThat(
            worker.logged(
                name,
                "let this principal read and write topic denied-suites, or set guardSuites: false"))
        .isEqualTo(1);
    assertThat(worker.read(worker.topics.suites())).isEmpty();
    assertTrains(worker);

    allow(worker, AclOperation.WRITE);
    worker.start("train", withSuite(worker));
    assertThat(worker.read(worker.topics.suites())).hasSize(8);
  }

  @Test
  void roleThatIsToldNotToWritesNothing(LocalStack stack) throws Exception {
    RoleFixture worker = new RoleFixture(stack, "unasked-");
    worker.start("train", withSuite(worker), "guardSuites: false");
    assertThat(worker.read(worker.topics.suites())).isEmpty();
  }

  private static void assertTrains(RoleFixture worker) throws IOException {
    worker.send(worker.topics.training(), "news", NewsExamples.weighted("news", 0, 64));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> worker.read(worker.topics.versions()).size() == 1);
  }

  private static String withSuite(RoleFixture worker) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int number = 0; number < 8; number++) {
      lines.append(
          "{\"prompt\":\"Where did number %d go on day %d?\",\"completion\":\" Home.\"}\n"
              .formatted(number, number * 7));
    }
    Path suite = Files.writeString(worker.folder.resolve("walks.jsonl"), lines);
    return TrainRoleIT.QUICK.replace(
        "minHeldOut: 5", "minHeldOut: 5, retention: [%s]".formatted(suite));
  }

  /** From now on the broker asks who may do what; where nothing is said, everybody may. */
  private static void authorize(LocalStack stack) throws IOException {
    try (Stream<Path> files = Files.walk(stack.data())) {
      Path settings =
          files.filter(file -> file.endsWith("server.properties")).findFirst().orElseThrow();
      Files.writeString(
          settings,
          """
          authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
          allow.everyone.if.no.acl.found=true
          """,
          StandardOpenOption.APPEND);
    }
    stack.restart("broker");
  }

  private static void allow(RoleFixture worker, AclOperation... operations) throws Exception {
    ResourcePattern topic =
        new ResourcePattern(ResourceType.TOPIC, worker.topics.suites().name(), PatternType.LITERAL);
    try (Admin admin = Admin.create(worker.kafka())) {
      admin
          .createAcls(
              Stream.of(operations)
                  .map(
                      operation ->
                          new AclBinding(
                              topic,
                              new AccessControlEntry(
                                  "User:*", "*", operation, AclPermissionType.ALLOW)))
                  .toList())
          .all()
          .get();
    }
  }
}
