#!/usr/bin/env python3
"""LoRA training steps as a plain eager PyTorch loop, on a base and batch of `alluvium bench trainer`.

The loop and the decoder are written the way model and adapter libraries write them: a batch padded to its longest
sequence, labels of -100 where nothing is learned, modules, whole logits in float32 shifted by one, attention as two
products and a softmax where scaled_dot_product_attention is absent, torch.optim.AdamW. Everything is float32, whatever
the file holds. Prints one line of JSON.

Needs PyTorch 1.13 or newer; on Debian: python3-torch, libopenblas0-pthread.
"""
import argparse
import json
import math
import os
import struct
import time
import warnings

TARGETS = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--base", required=True, help="folder with config.json and model.safetensors")
    parser.add_argument("--batch", required=True, help="JSON: [{ids, supervised}], indices of what is learned")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--rank", type=int, default=8)
    return parser.parse_args()


options = arguments()
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
warnings.simplefilter("ignore")
try:
    import torch
except ImportError:
    raise SystemExit("PyTorch is missing; on Debian: apt-get install python3-torch libopenblas0-pthread")
from torch import nn
import torch.nn.functional as F


def load(path):
    kinds = {"F32": torch.float32, "BF16": torch.bfloat16}
    with open(path, "rb") as file:
        data = bytearray(file.read())
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(bytes(data[8 : 8 + length]))
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        kind = kinds[entry["dtype"]]
        count = (end - begin) // torch.empty((), dtype=kind).element_size()
        flat = torch.frombuffer(data, dtype=kind, count=count, offset=8 + length + begin)
        tensors[name] = flat.view(entry["shape"]).float()
    return tensors


class LoraLinear(nn.Module):
    def __init__(self, weight, rank):
        super().__init__()
        self.weight = nn.Parameter(weight, requires_grad=False)
        self.down = nn.Parameter(torch.empty(rank, weight.shape[1]))
        self.up = nn.Parameter(torch.zeros(weight.shape[0], rank))
        nn.init.kaiming_uniform_(self.down, a=math.sqrt(5))

    def forward(self, x):
        return F.linear(x, self.weight) + F.linear(F.linear(x, self.down), self.up) * 2.0


class Norm(nn.Module):
    def __init__(self, weight, epsilon):
        super().__init__()
        self.weight = nn.Parameter(weight, requires_grad=False)
        self.epsilon = epsilon

    def forward(self, x):
        wide = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon)
        return self.weight * wide


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    turned = torch.cat((-x[..., half:], x[..., :half]), dim=-1)
    return x * cos + turned * sin


def head_size(config):
    return config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]


class Block(nn.Module):
    def __init__(self, config, tensors, prefix, rank):
        super().__init__()
        self.heads = config["num_attention_heads"]
        self.key_heads = config["num_key_value_heads"]
        self.size = head_size(config)
        epsilon = config["rms_norm_eps"]
        self.before = Norm(tensors[prefix + "input_layernorm.weight"], epsilon)
        self.between = Norm(tensors[prefix + "post_attention_layernorm.weight"], epsilon)
        for name in TARGETS:
            part = "self_attn." if TARGETS.index(name) < 4 else "mlp."
            setattr(self, name, LoraLinear(tensors[prefix + part + name + ".weight"], rank))

    def attention(self, x, cos, sin, mask):
        rows, width, _ = x.shape
        q = self.q_proj(x).view(rows, width, self.heads, self.size).transpose(1, 2)
        k = self.k_proj(x).view(rows, width, self.key_heads, self.size).transpose(1, 2)
        v = self.v_proj(x).view(rows, width, self.key_heads, self.size).transpose(1, 2)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        group = self.heads // self.key_heads
        k, v = k.repeat_interleave(group, 1), v.repeat_interleave(group, 1)
        if hasattr(F, "scaled_dot_product_attention"):
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        else:
            scores = q @ k.transpose(2, 3) / math.sqrt(self.size)
            y = torch.softmax(scores + mask, dim=-1, dtype=torch.float32) @ v
        return self.o_proj(y.transpose(1, 2).reshape(rows, width, -1))

    def forward(self, x, cos, sin, mask):
        x = x + self.attention(self.before(x), cos, sin, mask)
        h = self.between(x)
        return x + self.down_proj(F.silu(self.gate_proj(h)) * self.up_proj(h))


class Decoder(nn.Module):
    def __init__(self, config, tensors, rank):
        super().__init__()
        self.embedding = nn.Parameter(tensors["model.embed_tokens.weight"], requires_grad=False)
        self.blocks = nn.ModuleList(
            Block(config, tensors, f"model.layers.{n}.", rank) for n in range(config["num_hidden_layers"])
        )
        self.norm = Norm(tensors["model.norm.weight"], config["rms_norm_eps"])
        self.head = tensors.get("lm_head.weight", self.embedding)
        self.size, self.theta = head_size(config), config["rope_theta"]

    def forward(self, ids, present):
        x = F.embedding(ids, self.embedding)
        width = ids.shape[1]
        angles = torch.arange(width)[:, None] * self.theta ** (-torch.arange(0, self.size, 2) / self.size)
        angles = torch.cat((angles, angles), dim=-1)
        seen = torch.ones(width, width, dtype=torch.bool).tril() & present[:, None, None, :]
        mask = torch.zeros(seen.shape).masked_fill(~seen, torch.finfo(torch.float32).min)
        cos, sin = angles.cos(), angles.sin()
        for block in self.blocks:
            x = block(x, cos, sin, mask)
        return F.linear(self.norm(x), self.head)


def padded(sequences):
    """Ids, which of them are there, and labels, each sequences x longest."""
    width = max(len(sequence["ids"]) for sequence in sequences)
    ids = torch.zeros(len(sequences), width, dtype=torch.long)
    present = torch.zeros(len(sequences), width, dtype=torch.bool)
    labels = torch.full((len(sequences), width), -100)
    for row, sequence in enumerate(sequences):
        ids[row, : len(sequence["ids"])] = torch.tensor(sequence["ids"])
        present[row, : len(sequence["ids"])] = True
        learned = torch.tensor(sequence["supervised"])
        labels[row, learned] = ids[row, learned]
    return ids, present, labels


def step(model, optimiser, sequences):
    ids, present, labels = padded(sequences)
    logits = model(ids, present).float()
    shifted = logits[:, :-1].contiguous().flatten(0, 1)
    loss = F.cross_entropy(shifted, labels[:, 1:].flatten(), ignore_index=-100)
    loss.backward()
    nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
    optimiser.step()
    optimiser.zero_grad()
    return loss.item()


def peak_rss_bytes():
    with open("/proc/self/status") as status:
        return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def main():
    torch.set_num_threads(options.threads)
    with open(os.path.join(options.base, "config.json")) as file:
        config = json.load(file)
    with open(options.batch) as file:
        batch = json.load(file)
    model = Decoder(config, load(os.path.join(options.base, "model.safetensors")), options.rank)
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-4, weight_decay=0.0)
    first = step(model, optimiser, batch)
    step(model, optimiser, batch)
    seconds = []
    for _ in range(options.steps):
        begin = time.perf_counter()
        step(model, optimiser, batch)
        seconds.append(time.perf_counter() - begin)
    result = {
        "secondsPerStep": sorted(seconds)[len(seconds) // 2],
        "firstLoss": first,
        "paddingWaste": 1 - sum(len(s["ids"]) for s in batch) / padded(batch)[0].numel(),
        "peakRssBytes": peak_rss_bytes(),
        "torch": torch.__version__,
    }
    print(json.dumps(result))


main()
