package io.alluvium.stack;

import io.alluvium.stack.launch.JavaProgram;
import io.alluvium.stack.service.BuiltModule;
import io.alluvium.stack.supervise.Service;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One of the project's programs, run beside broker and registry.
 *
 * @param name what people call it; its log is {@code DATA/logs/NAME.log}, its working folder {@code
 *     DATA/NAME}
 * @param mainClass what to start
 * @param classPath jars and class folders
 * @param jvmOptions of its JVM
 * @param arguments of its main method; the contents of files among them are watched, so that a
 *     changed configuration file restarts the program at the next start
 * @param health answers 200 when it works
 * @param readyWithin how long it may take to answer so
 * @param stopWithin how long it may take to end when asked
 */
public record AppSpec(
    String name,
    String mainClass,
    List<Path> classPath,
    List<String> jvmOptions,
    List<String> arguments,
    URI health,
    Duration readyWithin,
    Duration stopWithin) {
  /** Copies the lists. */
  public AppSpec {
    classPath = List.copyOf(classPath);
    jvmOptions = List.copyOf(jvmOptions);
    arguments = List.copyOf(arguments);
  }

  /**
   * A program as the build left it; two minutes to get ready, thirty seconds to end.
   *
   * @param name what people call it
   * @param mainClass what to start
   * @param classPath see {@link #classPath(String, String)}
   * @param health answers 200 when it works
   */
  public static AppSpec of(String name, String mainClass, List<Path> classPath, URI health) {
    return new AppSpec(
        name,
        mainClass,
        classPath,
        List.of(),
        List.of(),
        health,
        Duration.ofMinutes(2),
        Duration.ofSeconds(30));
  }

  /**
   * The class path of a module that was built in this project.
   *
   * @param folder the module's folder from the root, such as {@code streams-app}
   * @param artifact its artifact id, such as {@code alluvium-streams-app}
   * @throws io.alluvium.stack.process.SetupException when it is not built
   */
  public static List<Path> classPath(String folder, String artifact) {
    return new BuiltModule(BuiltModule.projectHome(), folder).classPath(artifact);
  }

  /**
   * With these arguments.
   *
   * @param values of its main method
   */
  public AppSpec withArguments(String... values) {
    return new AppSpec(
        name, mainClass, classPath, jvmOptions, List.of(values), health, readyWithin, stopWithin);
  }

  /**
   * With these JVM options.
   *
   * @param values such as {@code -Xmx512m}
   */
  public AppSpec withJvmOptions(String... values) {
    return new AppSpec(
        name, mainClass, classPath, List.of(values), arguments, health, readyWithin, stopWithin);
  }

  /**
   * With another time to get ready.
   *
   * @param within how long it may take to answer
   */
  public AppSpec withReadyWithin(Duration within) {
    return new AppSpec(
        name, mainClass, classPath, jvmOptions, arguments, health, within, stopWithin);
  }

  Service service() {
    JavaProgram program = new JavaProgram(jvmOptions, classPath, mainClass, arguments);
    return new Service(name, program, health, readyWithin, stopWithin);
  }
}
