#!/usr/bin/env python3
"""Loads published adapters with Hugging Face PEFT and prints the losses of token sequences under them.

    peft_load.py --model DIR --adapter DIR [--adapter DIR ...] < RECORDS.jsonl

A record is {"ids": [...], "response_start": n}. One JSON object per adapter: {adapter, type, missing, losses}, where
missing names tensors of the adapter that the folder did not have, and losses are mean nats per response token.
Needs PyTorch, transformers and peft; computes in float32 on the CPU.
"""
import argparse
import json
import sys
import warnings

import torch
from peft import PeftConfig, PeftModel
from transformers import AutoModelForCausalLM


def losses(model, records):
    """Mean cross entropy of each record's response, one record at a time, so that nothing is padded."""
    found = []
    for record in records:
        ids = torch.tensor([record["ids"]])
        start = record["response_start"]
        with torch.no_grad():
            logits = model(input_ids=ids).logits[0, start - 1 : -1]
        found.append(torch.nn.functional.cross_entropy(logits.double(), ids[0, start:]).item())
    return found


def loaded(base, folder):
    """The model under an adapter, and what the folder lacked; PEFT only warns of it."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        model = PeftModel.from_pretrained(base, folder)
    lacking = [str(one.message) for one in said if "missing adapter keys" in str(one.message)]
    return model.eval(), lacking


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True, help="base in Hugging Face layout")
    parser.add_argument("--adapter", required=True, action="append", help="published adapter folder; repeatable")
    options = parser.parse_args()
    records = [json.loads(line) for line in sys.stdin if line.strip()]
    for folder in options.adapter:
        base = AutoModelForCausalLM.from_pretrained(options.model, dtype=torch.float32)
        model, missing = loaded(base, folder)
        kind = PeftConfig.from_pretrained(folder).peft_type
        print(json.dumps({"adapter": folder, "type": str(getattr(kind, "value", kind)), "missing": missing,
                          "losses": losses(model, records)}), flush=True)


if __name__ == "__main__":
    main()
