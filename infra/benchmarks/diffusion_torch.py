#!/usr/bin/env python3
"""Trains the U-Net of unet_torch.py by the recipe of the preset `fast`, and samples from it, in PyTorch: what Lensmill's
diffusion worker is compared with. Square root of the image scaled to [0, 1], eight orientations, sigmoid schedule of 1,000
times, objective v with the loss weighted by alpha bar, AdamW, clipping to norm 1, half a cosine after a warm-up, moving
average of the weights as ema_pytorch has it; DDIM with evenly spaced steps.

Reads all .npy images under FOLDER/train; writes the samples, linear in light, as one array [n, size, size] to --out.
"""
import argparse, glob, math, time
import numpy as np
import torch
from unet_torch import UNet

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
parser.add_argument("folder")
parser.add_argument("--out", required=True)
parser.add_argument("--steps", type=int, default=9000)
parser.add_argument("--batch", type=int, default=32)
parser.add_argument("--dim", type=int, default=32)
parser.add_argument("--mults", default="1,2,4")
parser.add_argument("--learning-rate", type=float, default=1e-3)
parser.add_argument("--constant", action="store_true", help="constant learning rate instead of warm-up and cosine")
parser.add_argument("--warm-up", type=int, default=200)
parser.add_argument("--samples", type=int, default=1000)
parser.add_argument("--sampling-steps", type=int, default=50)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--bf16", action="store_true", help="bfloat16 autocast")
options = parser.parse_args()
torch.manual_seed(options.seed)
torch.set_num_threads(options.threads)
TIMES = 1000


def image(path):
    pixels = np.load(path).astype(np.float64)
    return np.sqrt((pixels - pixels.min()) / (pixels.max() - pixels.min()))


data = torch.tensor(np.stack([image(p) for p in sorted(glob.glob(options.folder + "/train/**/*.npy", recursive=True))]))
data = (2 * data - 1).float()[:, None]
u = torch.arange(TIMES + 1, dtype=torch.float64) / TIMES
share = (torch.sigmoid(torch.tensor(3.0)) - torch.sigmoid(6 * u - 3)) / (torch.sigmoid(torch.tensor(3.0)) - torch.sigmoid(torch.tensor(-3.0)))
alpha_bar = torch.cumprod(1 - (1 - share[1:] / share[:-1]).clamp(0, 0.999), 0)
net = UNet(options.dim, [int(m) for m in options.mults.split(",")]).to(memory_format=torch.channels_last)
average = {name: value.clone() for name, value in net.state_dict().items()}
optimiser = torch.optim.AdamW(net.parameters(), options.learning_rate, weight_decay=1e-3)


def predict(x, t):
    with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
        return net(x.contiguous(memory_format=torch.channels_last), t.float()).float()


def rate(step):
    if options.constant:
        return options.learning_rate
    if step < options.warm_up:
        return options.learning_rate * (step + 1) / options.warm_up
    return options.learning_rate * (1 + math.cos(math.pi * (step - options.warm_up) / (options.steps - options.warm_up))) / 2


begin, order, mean = time.time(), [], None
for step in range(options.steps):
    if len(order) < options.batch:
        order = order + torch.randperm(len(data)).tolist()
    chosen, order = order[:options.batch], order[options.batch:]
    x0 = torch.stack([torch.rot90(data[i].flip(-1) if k > 3 else data[i], k % 4, (1, 2)) for i, k in zip(chosen, torch.randint(0, 8, (options.batch,)).tolist())])
    t = torch.randint(0, TIMES, (options.batch,))
    ab = alpha_bar[t].float()[:, None, None, None]
    noise = torch.randn_like(x0)
    target = ab.sqrt() * noise - (1 - ab).sqrt() * x0
    for group in optimiser.param_groups:
        group["lr"] = rate(step)
    optimiser.zero_grad()
    loss = (((predict(ab.sqrt() * x0 + (1 - ab).sqrt() * noise, t) - target) ** 2).mean((1, 2, 3)) * ab.flatten()).mean()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimiser.step()
    if (step + 1) % 10 == 0 or step + 1 <= 100:
        since = step + 1 - 100 - 1
        decay = 0 if since <= 0 else min(0.995, 1 - (1 + since) ** (-2 / 3))
        for name, value in net.state_dict().items():
            average[name].lerp_(value, 1 - decay)
    mean = loss.item() if mean is None else mean + (loss.item() - mean) / 50
    if (step + 1) % 100 == 0:
        print(f"step {step + 1} of {options.steps}  loss {mean:.4f}  {(step + 1) * options.batch / (time.time() - begin):.1f} images/s", flush=True)

net.load_state_dict(average)
places = [k * TIMES // options.sampling_steps - 1 for k in range(options.sampling_steps + 1)]
made = []
with torch.no_grad():
    for first in range(0, options.samples, 50):
        x = torch.randn(min(50, options.samples - first), 1, *data.shape[2:])
        for k in range(options.sampling_steps, 0, -1):
            a, s = alpha_bar[places[k]].sqrt().float(), (1 - alpha_bar[places[k]]).sqrt().float()
            x0 = (a * x - s * predict(x, torch.full((len(x),), places[k]))).clamp(-1, 1)
            eps = (x - a * x0) / s
            before = alpha_bar[places[k - 1]] if places[k - 1] >= 0 else torch.tensor(1.0)
            x = (before.sqrt() * x0 + (1 - before).sqrt() * eps).float()
        made.append((((x + 1) / 2).clamp(0, 1) ** 2)[:, 0].numpy())
np.save(options.out, np.concatenate(made))
print(f"{options.samples} samples in {options.out}; {time.time() - begin:.0f} s in all")
