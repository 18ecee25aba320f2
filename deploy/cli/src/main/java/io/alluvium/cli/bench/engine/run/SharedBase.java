package io.alluvium.cli.bench.engine.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.terminal.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several workers that train on the same base at once: what each has of its weights. */
public final class SharedBase {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EngineRuns runs;
  private final int workers;

  /** For so many workers at once. */
  public SharedBase(EngineRuns runs, int workers) {
    this.runs = runs;
    this.workers = workers;
  }

  /** One result for each worker, all taken while all of them hold the base. */
  public List<ObjectNode> measure(EngineRuns.Case what) {
    ChildOutput program = runs.prepared("share", runs.order(what));
    List<Worker> started = new ArrayList<>();
    try {
      for (int n = 0; n < workers; n++) {
        started.add(new Worker(program.start()));
      }
      for (Worker worker : started) {
        worker.line();
      }
      List<ObjectNode> results = new ArrayList<>();
      for (Worker worker : started) {
        worker.ask();
        results.add(result(what, started.indexOf(worker) + 1, worker.line()));
      }
      return results;
    } catch (IOException broken) {
      throw CommandException.failed("a worker said nothing: " + broken.getMessage(), broken);
    } finally {
      started.forEach(Worker::end);
    }
  }

  private static ObjectNode result(EngineRuns.Case what, int number, String line)
      throws IOException {
    ObjectNode result = JSON.createObjectNode().put("configuration", what.configuration());
    result.put("dataType", what.dataType().name()).put("worker", number);
    return result.setAll((ObjectNode) JSON.readTree(line));
  }

  private record Worker(Process process, BufferedReader out) {
    Worker(Process process) {
      this(process, process.inputReader());
    }

    void ask() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    String line() throws IOException {
      String line = out.readLine();
      if (line == null) {
        throw new IOException("it ended; its message stands above");
      }
      return line;
    }

    void end() {
      process.destroy();
    }
  }
}
