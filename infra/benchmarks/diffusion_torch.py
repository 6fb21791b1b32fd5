#!/usr/bin/env python3
"""Trains the U-Net of unet_torch.py by the recipe of the preset `fast`, and samples from it, in PyTorch: what Lensmill's
diffusion worker is compared with. Square root of the image scaled to [0, 1], eight orientations, cosine schedule of 1,000
times, drawn as dense as quadratic sampling passes them, objective v with the loss weighted by alpha bar, AdamW, clipping to
norm 1, half a cosine after a warm-up, moving average of the weights as ema_pytorch has it; the network is told each image's
class but for a tenth of them, and as many images are made of each class. DDIM.

Reads all .npy images under FOLDER/train/CLASS; writes the samples, linear in light, as one array [n, size, size] to --out.
"""
import argparse, glob, math, os, time
import numpy as np
import torch
from unet_torch import UNet

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
parser.add_argument("folder")
parser.add_argument("--out", required=True)
parser.add_argument("--steps", type=int, default=22000)
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--dim", type=int, default=32)
parser.add_argument("--mults", default="1,2,4")
parser.add_argument("--learning-rate", type=float, default=1.5e-3)
parser.add_argument("--constant", action="store_true", help="constant learning rate instead of warm-up and cosine")
parser.add_argument("--warm-up", type=int, default=200)
parser.add_argument("--ema-decay", type=float, default=0.99, help="of the moving average, every ten steps")
parser.add_argument("--samples", type=int, default=1002)
parser.add_argument("--sampling-steps", type=int, default=50)
parser.add_argument("--spacing", choices=["even", "quadratic"], default="quadratic")
parser.add_argument("--conditioning", choices=["class", "none"], default="class")
parser.add_argument("--schedule", choices=["sigmoid", "cosine"], default="cosine")
parser.add_argument("--time-spacing", choices=["even", "quadratic"], default="quadratic", help="how dense the times of the training lie")
parser.add_argument("--guidance", type=float, default=0.0)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--bf16", action="store_true", help="bfloat16 autocast")
parser.add_argument("--checkpoint", help="file to write every 200 steps and, where it is there, to go on from")
options = parser.parse_args()
torch.manual_seed(options.seed)
torch.set_num_threads(options.threads)
TIMES = 1000


def image(path):
    pixels = np.load(path).astype(np.float64)
    return np.sqrt((pixels - pixels.min()) / (pixels.max() - pixels.min()))


paths = sorted(glob.glob(options.folder + "/train/*/*.npy"))
names = [os.path.basename(os.path.dirname(p)) for p in paths]
classes = sorted(set(names)) if options.conditioning == "class" else []
told_of = torch.zeros(len(paths), len(classes))
for i, name in enumerate(names):
    if classes:
        told_of[i, classes.index(name)] = 1
data = torch.tensor(np.stack([image(p) for p in paths]))
data = (2 * data - 1).float()[:, None]
u = torch.arange(TIMES + 1, dtype=torch.float64) / TIMES
if options.schedule == "cosine":
    cosine = torch.cos((u + 0.008) / 1.008 * math.pi / 2) ** 2
    share = cosine / cosine[0]
else:
    share = (torch.sigmoid(torch.tensor(3.0)) - torch.sigmoid(6 * u - 3)) / (torch.sigmoid(torch.tensor(3.0)) - torch.sigmoid(torch.tensor(-3.0)))
alpha_bar = torch.cumprod(1 - (1 - share[1:] / share[:-1]).clamp(0, 0.999), 0)
net = UNet(options.dim, [int(m) for m in options.mults.split(",")], len(classes)).to(memory_format=torch.channels_last)
average = {name: value.clone() for name, value in net.state_dict().items()}
optimiser = torch.optim.AdamW(net.parameters(), options.learning_rate, weight_decay=1e-3)


def predict(x, t, told):
    with torch.autocast("cpu", torch.bfloat16, enabled=options.bf16):
        return net(x.contiguous(memory_format=torch.channels_last), t.float(), told).float()


def rate(step):
    if options.constant:
        return options.learning_rate
    if step < options.warm_up:
        return options.learning_rate * (step + 1) / options.warm_up
    return options.learning_rate * (1 + math.cos(math.pi * (step - options.warm_up) / (options.steps - options.warm_up))) / 2


def save(done):
    torch.save({"recipe": recipe, "done": done, "net": net.state_dict(), "average": average,
                "optimiser": optimiser.state_dict(), "random": torch.get_rng_state(), "order": order, "mean": mean,
                "seconds": time.time() - begin}, options.checkpoint + ".new")
    os.replace(options.checkpoint + ".new", options.checkpoint)


begin, order, mean, first = time.time(), [], None, 0
recipe = {k: v for k, v in vars(options).items() if k not in ("out", "checkpoint", "threads", "samples", "sampling_steps", "spacing", "guidance")}
if options.checkpoint and os.path.exists(options.checkpoint):
    saved = torch.load(options.checkpoint)
    if saved["recipe"] != recipe:
        raise SystemExit(f"{options.checkpoint} is of another recipe: {saved['recipe']}")
    net.load_state_dict(saved["net"])
    optimiser.load_state_dict(saved["optimiser"])
    torch.set_rng_state(saved["random"])
    average, order, mean, first = saved["average"], saved["order"], saved["mean"], saved["done"]
    begin -= saved["seconds"]
    print(f"goes on after step {first}", flush=True)
for step in range(first, options.steps):
    if len(order) < options.batch:
        order = order + torch.randperm(len(data)).tolist()
    chosen, order = order[:options.batch], order[options.batch:]
    x0 = torch.stack([torch.rot90(data[i].flip(-1) if k > 3 else data[i], k % 4, (1, 2)) for i, k in zip(chosen, torch.randint(0, 8, (options.batch,)).tolist())])
    t = (torch.rand(options.batch) ** (2 if options.time_spacing == "quadratic" else 1) * TIMES).long()
    ab = alpha_bar[t].float()[:, None, None, None]
    noise = torch.randn_like(x0)
    target = ab.sqrt() * noise - (1 - ab).sqrt() * x0
    for group in optimiser.param_groups:
        group["lr"] = rate(step)
    optimiser.zero_grad()
    told = told_of[chosen] * (torch.rand(options.batch, 1) >= 0.1)
    loss = (((predict(ab.sqrt() * x0 + (1 - ab).sqrt() * noise, t, told) - target) ** 2).mean((1, 2, 3)) * ab.flatten()).mean()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimiser.step()
    if (step + 1) % 10 == 0 or step + 1 <= 100:
        since = step + 1 - 100 - 1
        decay = 0 if since <= 0 else min(options.ema_decay, 1 - (1 + since) ** (-2 / 3))
        for name, value in net.state_dict().items():
            average[name].lerp_(value, 1 - decay)
    mean = loss.item() if mean is None else mean + (loss.item() - mean) / 50
    if (step + 1) % 100 == 0:
        print(f"step {step + 1} of {options.steps}  loss {mean:.4f}  {(step + 1) * options.batch / (time.time() - begin):.1f} images/s", flush=True)
    if options.checkpoint and ((step + 1) % 200 == 0 or step + 1 == options.steps):
        save(step + 1)

net.load_state_dict(average)
power = 2 if options.spacing == "quadratic" else 1
places = [-1]
for k in range(1, options.sampling_steps + 1):
    places.append(max(places[-1] + 1, round((k / options.sampling_steps) ** power * TIMES) - 1))
made = []
with torch.no_grad():
    for first in range(0, options.samples, 50):
        count = min(50, options.samples - first)
        x = torch.randn(count, 1, *data.shape[2:])
        told = torch.zeros(count, len(classes))
        for i in range(count if classes else 0):
            told[i, (first + i) % len(classes)] = 1
        for k in range(options.sampling_steps, 0, -1):
            a, s = alpha_bar[places[k]].sqrt().float(), (1 - alpha_bar[places[k]]).sqrt().float()
            t = torch.full((count,), places[k])
            v = predict(x, t, told)
            if options.guidance > 0:
                v = (1 + options.guidance) * v - options.guidance * predict(x, t, torch.zeros_like(told))
            x0 = (a * x - s * v).clamp(-1, 1)
            eps = (x - a * x0) / s
            before = alpha_bar[places[k - 1]] if places[k - 1] >= 0 else torch.tensor(1.0)
            x = (before.sqrt() * x0 + (1 - before).sqrt() * eps).float()
        made.append((((x + 1) / 2).clamp(0, 1) ** 2)[:, 0].numpy())
        print(f"{first + count} of {options.samples} samples", flush=True)
np.save(options.out, np.concatenate(made))
print(f"{options.samples} samples in {options.out}; {time.time() - begin:.0f} s in all")
