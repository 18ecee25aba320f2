package io.alluvium.cli.demo;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.StackConfig;
import io.alluvium.stack.supervise.StackListener;

/**
 * The demo's stack: stopped when the demo ends in whatever way, also by Ctrl-C, unless it is to be
 * kept. Its processes are not tied to this one, since they may outlive it.
 */
final class DemoStack implements AutoCloseable {
  private final DataFolder folder;
  private final StackListener listener;
  private final Thread atExit = new Thread(this::down, "demo-stop");
  private boolean kept;

  private DemoStack(DataFolder folder, StackListener listener) {
    this.folder = folder;
    this.listener = listener;
  }

  static DemoStack up(
      DataFolder folder, StackConfig config, LocalSystem.Request request, StackListener listener) {
    DemoStack stack = new DemoStack(folder, listener);
    Runtime.getRuntime().addShutdownHook(stack.atExit);
    try {
      LocalStack unused = LocalSystem.up(folder, config, request, listener);
      return stack;
    } catch (RuntimeException failed) {
      stack.close();
      throw failed;
    }
  }

  LocalStack running() {
    return LocalStack.attach(folder.root(), listener).orElseThrow();
  }

  /** Leaves everything running. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (!kept) {
      down();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // The program ends at this moment and the hook does the same again, harmlessly.
      kept = false;
    }
  }

  private void down() {
    LocalStack.attach(folder.root(), listener).ifPresent(LocalStack::down);
  }
}
