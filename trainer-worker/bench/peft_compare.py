#!/usr/bin/env python3
"""The decoder program of `alluvium program` beside Hugging Face transformers + PEFT, in stock PyTorch.

Both train LoRA adapters (rank and targets as the archive says) on the same random base, from the same adapter, on the same
batch, with AdamW and clipping: tokens per second, peak memory, difference of the losses. Each runs in a process of its own.
Where transformers or PEFT is missing, a plain eager PyTorch implementation of the same architecture takes their place, and
the output says so.

Needs PyTorch 2 or newer. Without --archive, the archive of --shape is made with deploy/alluvium.

  peft_compare.py --shape tiny
  peft_compare.py --shape llama-3.2-1b --keep llama.pt           # on a machine with Java
  peft_compare.py --archive llama.pt --device cuda --format json # on a machine with a GPU
"""
import argparse
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time

ROPE = {"rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
        "original_max_position_embeddings": 8192}
LLAMA = {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_act": "silu", "rms_norm_eps": 1e-5,
         "tie_word_embeddings": True, "bos_token_id": 1, "eos_token_id": 2}
SHAPES = {
    "tiny": {**LLAMA, "vocab_size": 512, "hidden_size": 96, "num_hidden_layers": 2, "num_attention_heads": 6,
             "num_key_value_heads": 2, "head_dim": 16, "intermediate_size": 192, "max_position_embeddings": 256,
             "rope_theta": 10000.0},
    "llama-3.2-1b": {**LLAMA, "vocab_size": 128256, "hidden_size": 2048, "num_hidden_layers": 16,
                     "num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": 64, "intermediate_size": 8192,
                     "max_position_embeddings": 131072, "rope_theta": 500000.0, "rope_scaling": ROPE},
    "llama-2-7b": {**LLAMA, "vocab_size": 32000, "hidden_size": 4096, "num_hidden_layers": 32,
                   "num_attention_heads": 32, "num_key_value_heads": 32, "intermediate_size": 11008,
                   "max_position_embeddings": 4096, "rope_theta": 10000.0, "tie_word_embeddings": False},
    "qwen2.5-0.5b": {"model_type": "qwen2", "architectures": ["Qwen2ForCausalLM"], "hidden_act": "silu",
                     "rms_norm_eps": 1e-6, "tie_word_embeddings": True, "bos_token_id": 1, "eos_token_id": 2,
                     "vocab_size": 151936, "hidden_size": 896, "num_hidden_layers": 24, "num_attention_heads": 14,
                     "num_key_value_heads": 2, "intermediate_size": 4864, "max_position_embeddings": 32768,
                     "rope_theta": 1000000.0, "use_sliding_window": False},
}
RATE, LIMIT = 1e-4, 1.0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--shape", choices=sorted(SHAPES), help="make the archive of this shape first")
    what.add_argument("--archive", help="file written by `alluvium program`")
    parser.add_argument("--keep", help="where to keep the archive of --shape")
    parser.add_argument("--alluvium", help="launcher that makes the archive (default: deploy/alluvium beside this)")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--data-type", choices=("fp32", "bf16"), help="of the base (default: bf16 on cuda, else fp32)")
    parser.add_argument("--rows", type=int, default=4, help="texts of a batch (default: 4)")
    parser.add_argument("--tokens", type=int, help="tokens of a text (default: 1024; tiny: 64)")
    parser.add_argument("--steps", type=int, default=10, help="timed steps, after 3 others (default: 10)")
    parser.add_argument("--threads", type=int, default=2, help="of the CPU (default: 2)")
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--plain", action="store_true", help="compare with the plain implementation in any case")
    parser.add_argument("--check-device", action="store_true",
                        help="compare nothing; run a step on the meta device, which shows without a GPU that all tensors "
                             "are made where the arguments are and that no value is read within a step")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--contender", choices=("alluvium", "peft", "plain"), help=argparse.SUPPRESS)
    return parser.parse_args()


options = arguments()
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
try:
    import torch
except ImportError:
    raise SystemExit("PyTorch is missing; install version 2 or newer: https://pytorch.org/get-started")
if int(torch.__version__.split(".")[0]) < 2:
    raise SystemExit(f"PyTorch is {torch.__version__}, want 2 or newer: https://pytorch.org/get-started")
from torch import nn
import torch.nn.functional as F

WARM_UP = 3


class Case:
    """What all contenders share: the archive's note, random weights, adapter and batch, each from the seed."""

    def __init__(self, archive):
        note = {"alluvium.json": ""}
        self.archive = archive
        torch.jit.load(archive, map_location="cpu", _extra_files=note)
        self.note = json.loads(note["alluvium.json"])
        self.config = self.note["config"]
        self.device = torch.device(options.device)
        kind = options.data_type or ("bf16" if options.device == "cuda" else "fp32")
        self.kind = {"fp32": torch.float32, "bf16": torch.bfloat16}[kind]
        width = options.tokens or (1024 if self.config["hidden_size"] > 256 else 64)
        random = torch.Generator().manual_seed(options.seed)
        self.ids = torch.randint(3, self.config["vocab_size"], (options.rows, width + 1), generator=random)

    def weights(self):
        random = torch.Generator().manual_seed(options.seed + 1)
        for weight in self.note["weights"]:
            if weight["transposed"]:
                raise SystemExit("architectures with transposed linears are not compared; use a rotary one")
            if len(weight["shape"]) == 1 and weight["name"].endswith("weight"):
                values = torch.ones(weight["shape"])
            else:
                values = torch.randn(weight["shape"], generator=random) * 0.02
            yield weight["name"], values.to(self.kind)

    def adapters(self):
        random = torch.Generator().manual_seed(options.seed + 2)
        for adapter in self.note["adapters"]:
            if ".lora_A." in adapter["name"]:
                bound = 1 / math.sqrt(adapter["shape"][1])
                yield adapter["name"], (torch.rand(adapter["shape"], generator=random) * 2 - 1) * bound
            else:
                yield adapter["name"], torch.zeros(adapter["shape"])


class Alluvium:
    """Calls the archive's `step`, as the worker does: one native call, one tensor read back."""

    name = "alluvium"

    def __init__(self, case):
        torch._C._set_graph_executor_optimize(False)
        self.program = torch.jit.load(case.archive, map_location=case.device)
        self.weights = [value.to(case.device) for _, value in case.weights()]
        self.adapters = [value.to(case.device) for _, value in case.adapters()]
        self.first = [torch.zeros_like(value) for value in self.adapters]
        self.second = [torch.zeros_like(value) for value in self.adapters]
        self.scale = float(case.note["scale"])
        rows, width = case.ids.shape[0], case.ids.shape[1] - 1
        angles = torch.arange(width, dtype=torch.float64)[:, None] * torch.tensor(
            case.note["frequencies"], dtype=torch.float64)
        cos, sin = angles.cos().float(), angles.sin().float()
        self.rope = [torch.cat((cos, cos), 1).to(case.device), torch.cat((-sin, sin), 1).to(case.device)]
        row = torch.arange(rows)[:, None].expand(rows, width)
        place = torch.arange(width)[None, :].expand(rows, width)
        here = lambda part: part.contiguous().to(case.device)
        # Texts of one length lie on the token axis as attention wants them: no way back, and one bucket.
        cells = torch.arange(rows * width)
        buckets = [here(torch.zeros(0, dtype=torch.int64)), here(cells.view(rows, width))]
        self.batch = [here(case.ids[:, :-1].flatten()), here(place.flatten()), buckets, here(cells),
                      here(case.ids[:, 1:].flatten()), here(row.flatten())]
        self.share = torch.ones(rows, device=case.device)
        self.nothing = torch.zeros(0, dtype=torch.int64, device=case.device)
        self.tokens = rows * width
        self.number = 0

    def launch(self):
        self.number += 1
        return self.call(self.nothing, [], [], 1)[1]

    @torch.no_grad()
    def call(self, anchors, states, before, last):
        held = max(1, anchors.shape[0])
        return self.program.step(
            self.weights, self.rope, self.adapters, self.scale, self.adapters, *self.batch, self.share, anchors, states, self.first,
            self.second, before, [], [], [], [], self.tokens, held, 0.5, 0, last, self.number, RATE, 0.0, LIMIT, math.inf)

    @staticmethod
    def loss(result):
        return result[0].item()


class LoraLinear(nn.Module):
    def __init__(self, weight, bias, down, up, scale):
        super().__init__()
        self.weight = nn.Parameter(weight, requires_grad=False)
        self.bias = None if bias is None else nn.Parameter(bias, requires_grad=False)
        self.down, self.up, self.scale = nn.Parameter(down), nn.Parameter(up), scale

    def forward(self, x):
        low = F.linear(F.linear(x.to(self.down.dtype), self.down), self.up)
        return F.linear(x, self.weight, self.bias) + (low * self.scale).to(x.dtype)


def norm(x, weight, epsilon):
    wide = x.float()
    return weight * (wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + epsilon)).to(x.dtype)


def turned(x, cos, sin):
    half = x.shape[-1] // 2
    return x * cos + torch.cat((-x[..., half:], x[..., :half]), dim=-1) * sin


class PlainDecoder(nn.Module):
    """Llama and Qwen2 as model libraries write them: whole logits, a module per linear."""

    PLACES = {"q_proj": "self_attn", "k_proj": "self_attn", "v_proj": "self_attn", "o_proj": "self_attn",
              "gate_proj": "mlp", "up_proj": "mlp", "down_proj": "mlp"}

    def __init__(self, case):
        super().__init__()
        self.config = case.config
        weights, adapters = dict(case.weights()), dict(case.adapters())
        self.embedding = nn.Parameter(weights["model.embed_tokens.weight"], requires_grad=False)
        head = weights.get("lm_head.weight")
        self.head = self.embedding if head is None else nn.Parameter(head, requires_grad=False)
        self.norms = nn.ParameterDict({name.replace(".", "/"): nn.Parameter(value, requires_grad=False)
                                       for name, value in weights.items() if "norm" in name})
        self.linears = nn.ModuleDict()
        for layer in range(self.config["num_hidden_layers"]):
            for linear, part in self.PLACES.items():
                path = f"model.layers.{layer}.{part}.{linear}"
                low = [adapters.get(f"base_model.model.{path}.lora_{side}.weight") for side in "AB"]
                if low[0] is None:
                    raise SystemExit(f"{linear} has no adapter in the archive; the plain comparison wants all linears")
                self.linears[path.replace(".", "/")] = LoraLinear(
                    weights[path + ".weight"], weights.get(path + ".bias"), *low, case.note["scale"])
        self.register_buffer("frequencies", torch.tensor(case.note["frequencies"]))

    def linear(self, layer, name, x):
        return self.linears[f"model/layers/{layer}/{self.PLACES[name]}/{name}"](x)

    def normed(self, name, x):
        return norm(x, self.norms[name.replace(".", "/")], self.config["rms_norm_eps"])

    def attention(self, layer, x, cos, sin):
        rows, width, _ = x.shape
        heads, key_heads = self.config["num_attention_heads"], self.config["num_key_value_heads"]
        q, k, v = (self.linear(layer, name, x).view(rows, width, count, -1).transpose(1, 2)
                   for name, count in (("q_proj", heads), ("k_proj", key_heads), ("v_proj", key_heads)))
        q, k = turned(q, cos, sin), turned(k, cos, sin)
        k, v = (y.repeat_interleave(heads // key_heads, 1) for y in (k, v))
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.linear(layer, "o_proj", y.transpose(1, 2).reshape(rows, width, -1))

    def forward(self, input_ids):
        x = F.embedding(input_ids, self.embedding)
        angles = torch.arange(input_ids.shape[1], device=x.device)[:, None] * self.frequencies
        angles = torch.cat((angles, angles), dim=-1)
        cos, sin = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
        for layer in range(self.config["num_hidden_layers"]):
            prefix = f"model.layers.{layer}."
            x = x + self.attention(layer, self.normed(prefix + "input_layernorm.weight", x), cos, sin)
            h = self.normed(prefix + "post_attention_layernorm.weight", x)
            h = F.silu(self.linear(layer, "gate_proj", h)) * self.linear(layer, "up_proj", h)
            x = x + self.linear(layer, "down_proj", h)
        return F.linear(self.normed("model.norm.weight", x), self.head)


class Eager:
    """A training loop of eager operations around a model whose forward pass gives logits."""

    def __init__(self, case, model):
        self.model = model.to(case.device)
        self.ids = case.ids.to(case.device)
        self.adapters = [value for value in self.model.parameters() if value.requires_grad]
        self.optimiser = torch.optim.AdamW(self.adapters, lr=RATE, weight_decay=0.0, fused=case.device.type == "cuda")
        self.tokens = case.ids.shape[0] * (case.ids.shape[1] - 1)

    def launch(self):
        self.optimiser.zero_grad(set_to_none=True)
        loss = F.cross_entropy(self.logits().float().flatten(0, 1), self.ids[:, 1:].flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(self.adapters, LIMIT)
        self.optimiser.step()
        return loss

    @staticmethod
    def loss(result):
        return result.item()


class Plain(Eager):
    name = "plain eager PyTorch"

    def __init__(self, case):
        super().__init__(case, PlainDecoder(case))

    def logits(self):
        return self.model(self.ids[:, :-1])


class Peft(Eager):
    def __init__(self, case):
        import peft
        import transformers

        self.name = f"transformers {transformers.__version__} + PEFT {peft.__version__}"
        transformers.logging.set_verbosity_error()
        fields = {key: value for key, value in case.config.items() if key != "model_type"}
        config = transformers.AutoConfig.for_model(case.config["model_type"], **fields)
        with torch.device("meta"):
            model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="sdpa")
        rotary = model.model.rotary_emb.__class__
        missing, extra = model.load_state_dict(dict(case.weights()), strict=False, assign=True)
        if extra or set(missing) - {"lm_head.weight"}:
            raise SystemExit(f"the archive's weights do not fit transformers': missing {missing}, extra {extra}")
        model.tie_weights()
        model.model.rotary_emb = rotary(config)
        model.config.use_cache = False
        model.train()
        for parameter in model.parameters():
            parameter.requires_grad_(False)
        lora = peft.LoraConfig(r=case.note["rank"], lora_alpha=case.note["alpha"], lora_dropout=0.0,
                               target_modules=case.note["targets"], task_type="CAUSAL_LM")
        model = peft.get_peft_model(model, lora)
        known = dict(model.named_parameters())
        for name, value in case.adapters():
            known[name.replace(".weight", ".default.weight")].data = value.clone()
        super().__init__(case, model)

    def logits(self):
        return self.model(input_ids=self.ids[:, :-1]).logits


CONTENDERS = {"alluvium": Alluvium, "peft": Peft, "plain": Plain}


def check_device(archive):
    """Fails where a value would have to be read, or a tensor lies elsewhere: meta tensors have no values."""
    torch.set_num_threads(options.threads)
    case = Case(archive)
    case.device = torch.device("meta")
    ours = Alluvium(case)
    anchors = torch.zeros(5, dtype=torch.int64, device="meta")
    states = torch.zeros(5, case.config["hidden_size"], device="meta")
    results = ours.call(ours.nothing, [], [], 0)
    results += ours.call(anchors, [states], results[1:], 1)
    if any(result.device != case.device for result in results):
        raise SystemExit("a step made a tensor on another device than its arguments'")
    print(json.dumps({"deviceCheck": "passed"}) if options.format == "json" else
          "a step makes every tensor where its arguments are, and reads no value before its end")


def peak_bytes(device):
    if device.type == "cuda":
        return torch.cuda.max_memory_allocated(device)
    with open("/proc/self/status") as status:
        return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def settled(device):
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def measure(case, contender):
    """Steps with their losses; on a GPU, our steps run with synchronisation forbidden until the loss is read."""
    losses = []
    guarded = case.device.type == "cuda" and isinstance(contender, Alluvium)
    for step in range(WARM_UP + options.steps):
        if step == WARM_UP:
            settled(case.device)
            begin = time.perf_counter()
        if guarded and step >= 1:
            torch.cuda.set_sync_debug_mode("error")
        result = contender.launch()
        if guarded:
            torch.cuda.set_sync_debug_mode("default")
        losses.append(contender.loss(result))
    settled(case.device)
    seconds = (time.perf_counter() - begin) / options.steps
    return {
        "contender": contender.name,
        "tokensPerSecond": contender.tokens / seconds,
        "secondsPerStep": seconds,
        "peakBytes": peak_bytes(case.device),
        "losses": losses,
    }


def run_contender(archive):
    if options.device == "cuda" and not torch.cuda.is_available():
        raise SystemExit(f"PyTorch {torch.__version__} sees no CUDA device; use --device cpu, or install its CUDA build")
    torch.set_num_threads(options.threads)
    case = Case(archive)
    print(json.dumps(measure(case, CONTENDERS[options.contender](case))))


def missing():
    """Why PEFT cannot be compared with; None where it can."""
    if options.plain:
        return "asked for by --plain"
    try:
        import peft  # noqa: F401
        import transformers  # noqa: F401
    except ImportError as absent:
        return f"{absent.name or absent} is not installed"
    return None


def child(archive, contender):
    handed = ["--archive", archive, "--contender", contender]
    for name in ("device", "data_type", "rows", "tokens", "steps", "threads", "seed"):
        if getattr(options, name) is not None:
            handed += ["--" + name.replace("_", "-"), str(getattr(options, name))]
    done = subprocess.run([sys.executable, os.path.abspath(__file__)] + handed, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{contender} ended with exit code {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def make_archive(folder):
    base = os.path.join(folder, "base")
    os.makedirs(base)
    with open(os.path.join(base, "config.json"), "w") as file:
        json.dump(SHAPES[options.shape], file)
    archive = os.path.abspath(options.keep) if options.keep else os.path.join(folder, "program.pt")
    here = os.path.dirname(os.path.abspath(__file__))
    launcher = options.alluvium or os.path.join(here, "..", "..", "deploy", "alluvium")
    made = subprocess.run([launcher, "program", "--model", base, "--out", archive], stdout=subprocess.PIPE, text=True)
    if made.returncode != 0:
        raise SystemExit("`alluvium program` failed; build the project first, or give --archive")
    return archive


def machine():
    name = platform.processor() or platform.machine()
    if options.device == "cuda" and torch.cuda.is_available():
        name = torch.cuda.get_device_name()
    elif os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            name = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), name)
    return {"device": options.device, "name": name, "torch": torch.__version__, "python": platform.python_version()}


def report(archive):
    if options.check_device:
        return check_device(archive)
    why = missing()
    ours = child(archive, "alluvium")
    theirs = child(archive, "peft" if why is None else "plain")
    difference = max(abs(a - b) / abs(b) for a, b in zip(ours["losses"], theirs["losses"]))
    whole = {
        "machine": machine(),
        "shape": options.shape or os.path.basename(archive),
        "results": [ours, theirs],
        "insteadOfPeft": why,
        "speedRatio": ours["tokensPerSecond"] / theirs["tokensPerSecond"],
        "memoryRatio": ours["peakBytes"] / theirs["peakBytes"],
        "largestRelativeLossDifference": difference,
    }
    if options.format == "json":
        return print(json.dumps(whole))
    print("{device}: {name}; PyTorch {torch}, Python {python}".format(**whole["machine"]))
    if why is not None:
        print(f"not compared with PEFT ({why}), but with plain eager PyTorch")
    print(f"{'':32}{'tokens/s':>12}{'s/step':>10}{'peak MB':>10}{'first loss':>12}{'last loss':>12}")
    for result in whole["results"]:
        print("{:32}{:12.0f}{:10.4f}{:10.0f}{:12.6f}{:12.6f}".format(
            result["contender"], result["tokensPerSecond"], result["secondsPerStep"], result["peakBytes"] / 1e6,
            result["losses"][0], result["losses"][-1]))
    print("speed {speedRatio:.2f} x, memory {memoryRatio:.2f} x, losses differ by at most "
          "{largestRelativeLossDifference:.1e} of their value".format(**whole))


def main():
    if options.contender:
        run_contender(options.archive)
    elif options.archive:
        report(options.archive)
    else:
        with tempfile.TemporaryDirectory() as folder:
            report(make_archive(folder))


main()
