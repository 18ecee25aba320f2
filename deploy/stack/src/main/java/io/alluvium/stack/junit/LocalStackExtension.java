package io.alluvium.stack.junit;

import io.alluvium.stack.LocalStack;
import io.alluvium.stack.StackConfig;
import io.alluvium.stack.supervise.StackListener;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A running {@link LocalStack} for a test class.
 *
 * <p>{@code @ExtendWith(LocalStackExtension.class)} shares one stack among all classes of the test
 * run that ask for it; each should use topic names and adapters of its own. A class that kills or
 * pauses servers registers its own: {@code @RegisterExtension static final LocalStackExtension
 * STACK = LocalStackExtension.own();}. Methods may take a parameter of type {@link LocalStack}.
 *
 * <p>Data and logs lie under {@code target/local-stack} of the module and are kept until a later
 * run.
 */
public final class LocalStackExtension
    implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LocalStackExtension.class);

  private final boolean shared;
  private @Nullable TestStack stack;

  /** One stack for the whole test run. */
  public LocalStackExtension() {
    this(true);
  }

  private LocalStackExtension(boolean shared) {
    this.shared = shared;
  }

  /** One stack for this test class alone. */
  public static LocalStackExtension own() {
    return new LocalStackExtension(false);
  }

  /**
   * The running stack.
   *
   * @throws IllegalStateException before the test class begins
   */
  public LocalStack stack() {
    if (stack == null) {
      throw new IllegalStateException("the stack runs from the start of the test class to its end");
    }
    return stack.running();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    stack =
        shared
            ? context
                .getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(TestStack.class, key -> TestStack.start(), TestStack.class)
            : TestStack.start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (!shared && stack != null) {
      stack.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalStack.class;
  }

  @Override
  public LocalStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return stack();
  }

  /** Closed by JUnit at the end of the test run. */
  private record TestStack(LocalStack running) implements AutoCloseable {
    static TestStack start() {
      Path data = TestFolders.fresh();
      return new TestStack(
          LocalStack.up(StackConfig.in(data).withFreePorts().tied(), StackListener.SILENT));
    }

    @Override
    public void close() {
      running.down();
    }
  }
}
