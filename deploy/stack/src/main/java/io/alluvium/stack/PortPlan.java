package io.alluvium.stack;

import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.service.BrokerService;
import io.alluvium.stack.service.Ports;
import io.alluvium.stack.service.RegistryService;
import io.alluvium.stack.state.StackState;
import io.alluvium.stack.supervise.Supervisor;
import java.util.Optional;

/** The ports of one start: those asked for, else those of the last start, else any. */
record PortPlan(int kafka, int registry, int controller) {
  private static final String CONTROLLER = "controller";

  static PortPlan choose(StackConfig config, StackState last, Supervisor supervisor) {
    boolean broker = supervisor.alive(BrokerService.NAME);
    boolean registry = supervisor.alive(RegistryService.NAME);
    return new PortPlan(
        new Wish("Kafka", "--kafka-port", config.kafkaPort(), last.port(BrokerService.NAME))
            .choose(broker),
        new Wish(
                "registry",
                "--registry-port",
                config.registryPort(),
                last.port(RegistryService.NAME))
            .choose(registry),
        new Wish("controller", "", 0, last.port(CONTROLLER)).choose(broker));
  }

  StackState noteIn(StackState state) {
    return state
        .withPort(BrokerService.NAME, kafka)
        .withPort(RegistryService.NAME, registry)
        .withPort(CONTROLLER, controller);
  }

  /** One port that somebody wants; 0 for the last one or any. */
  private record Wish(String what, String option, int asked, Optional<Integer> last) {
    int choose(boolean ownerAlive) {
      Optional<Integer> ours = ownerAlive ? last : Optional.empty();
      if (asked == 0) {
        return last.filter(port -> ours.isPresent() || Ports.free(port)).orElseGet(Ports::anyFree);
      }
      if (!ours.equals(Optional.of(asked)) && !Ports.free(asked)) {
        throw new SetupException(
            what
                + " port "
                + asked
                + " is in use by another program; stop that program or choose"
                + " another port with "
                + option
                + " (0: any free one)");
      }
      return asked;
    }
  }
}
