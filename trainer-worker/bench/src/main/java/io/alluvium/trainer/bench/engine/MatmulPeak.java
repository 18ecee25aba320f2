package io.alluvium.trainer.bench.engine;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.bench.work.BenchOrder;
import io.alluvium.trainer.bench.work.Workload;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine's matrix products at a model's own shapes: every linear of a block and a piece of the
 * head, forth and back, one after the other into memory that is there already. Nothing else runs in
 * between, so no program of the same products is faster.
 */
final class MatmulPeak implements AutoCloseable {
  private static final String PRODUCTS =
      """
        def prepare(self: __torch__.M, tokens: int, inputs: int, outputs: int, kind: int) -> List[Tensor]:
          x = torch.to(torch.rand([tokens, inputs]), kind)
          w = torch.to(torch.rand([outputs, inputs]), kind)
          y = torch.to(torch.rand([tokens, outputs]), kind)
          return [x, w, y]

        def forth(self: __torch__.M, x: Tensor, w: Tensor, y: Tensor) -> List[Tensor]:
          return [torch.mm(x, torch.t(w), out=y)]

        def back(self: __torch__.M, x: Tensor, w: Tensor, y: Tensor) -> List[Tensor]:
          return [torch.mm(y, w, out=x)]

      """;
  private static final int HEAD_ROWS = 256;
  private static final int REPEATS = 3;

  private final ScriptModule program = ScriptModule.load(TorchScriptArchive.of(PRODUCTS));
  private final List<List<NativeTensor>> products = new ArrayList<>();
  private final List<String> methods;
  private final double flops;

  MatmulPeak(Workload workload, BenchOrder.Kind kind, DataType type) {
    DecoderConfig model = workload.model();
    long tokens = workload.tokens();
    double sum = 0;
    for (String linear : model.linears()) {
      prepare(tokens, model.inputs(linear), model.outputs(linear), type);
      sum += 2.0 * tokens * model.inputs(linear) * model.outputs(linear);
    }
    long headRows = Math.min(HEAD_ROWS, tokens);
    prepare(headRows, model.hidden(), model.vocabulary(), type);
    sum += 2.0 * headRows * model.hidden() * model.vocabulary();
    this.methods = kind == BenchOrder.Kind.TRAINER ? List.of("forth", "back") : List.of("forth");
    this.flops = sum * methods.size();
  }

  /** Measures once, after one run to warm up: floating point operations per second. */
  double measure() {
    run();
    long begin = System.nanoTime();
    for (int n = 0; n < REPEATS; n++) {
      run();
    }
    return REPEATS * flops / ((System.nanoTime() - begin) / 1e9);
  }

  @Override
  public void close() {
    products.forEach(product -> product.forEach(NativeTensor::close));
    program.close();
  }

  private void prepare(long tokens, long inputs, long outputs, DataType type) {
    long kind = type == DataType.BF16 ? 15 : 6;
    products.add(
        program.method("prepare").with(tokens).with(inputs).with(outputs).with(kind).run());
  }

  private void run() {
    for (String method : methods) {
      for (List<NativeTensor> product : products) {
        ScriptModule.Call call = program.method(method);
        product.forEach(call::with);
        call.run().forEach(NativeTensor::close);
      }
    }
  }
}
