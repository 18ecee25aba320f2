package io.alluvium.stack;

import io.alluvium.stack.supervise.Lifetime;
import io.alluvium.stack.supervise.StackListener;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A program of its own that starts the local stack on free ports: {@code DIRECTORY LIFETIME}. It
 * says {@code up} and then waits to be ended; detached, it ends at once.
 */
public final class StackProgram {
  private StackProgram() {}

  public static void main(String[] args) throws InterruptedException {
    StackConfig config = StackConfig.in(Path.of(args[0])).withFreePorts();
    boolean tied = Lifetime.valueOf(args[1]) == Lifetime.TIED;
    LocalStack.up(tied ? config.tied() : config, new Printed());
    System.out.println("up");
    if (tied) {
      Thread.currentThread().join();
    }
  }

  private static final class Printed implements StackListener {
    @Override
    public void ready(String name, Duration took) {
      System.out.println(name + " ready after " + took.toMillis() + " ms");
    }

    @Override
    public void adopted(String name) {
      System.out.println(name + " taken over");
    }
  }
}
