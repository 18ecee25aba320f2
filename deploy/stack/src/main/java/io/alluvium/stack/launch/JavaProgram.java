package io.alluvium.stack.launch;

import static java.util.stream.Collectors.joining;

import io.alluvium.stack.process.SetupException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A Java program with everything it is started with.
 *
 * @param options of the JVM
 * @param classPath jars and class folders; the program alone when it is started as a jar
 * @param main what to start: a class name, or {@code -jar}
 * @param arguments of the program
 */
public record JavaProgram(
    List<String> options, List<Path> classPath, String main, List<String> arguments) {
  /** In which the java launcher reads argument files. */
  private static final Charset CHARSET =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private static final String JAR = "-jar";

  /** Copies the lists. */
  public JavaProgram {
    options = List.copyOf(options);
    classPath = List.copyOf(classPath);
    arguments = List.copyOf(arguments);
  }

  /**
   * A jar that names its own main class.
   *
   * @param options of the JVM
   * @param jar the program
   */
  public static JavaProgram ofJar(List<String> options, Path jar) {
    return new JavaProgram(options, List.of(jar), JAR, List.of());
  }

  /** Writes the command line after {@code java}, one argument a line. */
  public void writeTo(Path argumentFile) {
    try {
      Files.write(argumentFile, argumentFile().getBytes(CHARSET));
    } catch (IOException e) {
      throw new SetupException("cannot write " + argumentFile + ": " + e.getMessage(), e);
    }
  }

  private String argumentFile() {
    return commandLine().stream().map(JavaProgram::quoted).collect(joining("\n", "", "\n"));
  }

  /**
   * Changes when anything it is started with changes: arguments, rebuilt jars, contents of files
   * named as arguments.
   */
  public String fingerprint() {
    MessageDigest digest = sha256();
    digest.update(argumentFile().getBytes(CHARSET));
    classPath.forEach(jar -> digest.update(stamp(jar).getBytes(CHARSET)));
    arguments.stream()
        .filter(argument -> Files.isRegularFile(Path.of(argument)))
        .forEach(file -> digest.update(content(Path.of(file))));
    return HexFormat.of().formatHex(digest.digest());
  }

  private List<String> commandLine() {
    List<String> line = new ArrayList<>(options);
    String joined = classPath.stream().map(Path::toString).collect(joining(File.pathSeparator));
    if (!main.equals(JAR)) {
      line.add("-cp");
      line.add(joined);
    }
    line.add(main);
    if (main.equals(JAR)) {
      line.add(joined);
    }
    line.addAll(arguments);
    return line;
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String stamp(Path jar) {
    try {
      return Files.getLastModifiedTime(jar) + "/" + Files.size(jar);
    } catch (IOException e) {
      throw new SetupException(jar + " is missing; build the project again", e);
    }
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SetupException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
