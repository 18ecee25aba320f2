package io.alluvium.stack.launch;

import java.nio.file.Path;
import java.util.List;

/** A program that says how it was started; told to, it fails or waits to be ended. */
final class Echo {
  private Echo() {}

  public static void main(String[] args) throws InterruptedException {
    if (List.of(args).contains("fail")) {
      throw new IllegalArgumentException("told to");
    }
    if (List.of(args).contains("wait")) {
      Thread.currentThread().join();
    }
    System.out.println("say=" + System.getProperty("say"));
    System.out.println("folder=" + Path.of("").toAbsolutePath());
    List.of(args).forEach(System.out::println);
  }
}
