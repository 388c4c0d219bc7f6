#!/usr/bin/env python3
# ruff: noqa
# fmt: off
"""Make a tiny English Vosk model from nothing, for testing a program that uses Vosk.

The model knows 94 words (digits and what callers say on a newspaper's
voicemail) and works at 8 kHz, as telephones do.  All its training speech is
synthesised here with espeak-ng; nothing is downloaded beyond these packages:

    pip install vosk==0.3.45 numpy kaldi-native-fbank espeakng-loader
    python make_model.py --out .       # writes ./model, three WAVs and messages.json

Steps, in the order of this file:

 1. words:    sentence templates give the vocabulary and the bigram counts;
 2. speech:   espeak-ng speaks random sentences in many voices; its phoneme
              events say which phone each sample belongs to, so no aligner;
 3. channel:  band limit, noise, level, mu-law, as a telephone line would do;
 4. features: Kaldi MFCCs, the same as conf/mfcc.conf asks of Vosk;
 5. network:  a small ReLU net learns the phone state of each frame (numpy);
 6. files:    Kaldi's final.mdl (transition model, nnet3), HCLr.fst, Gr.fst, confs;
 7. test:     the real Vosk decodes random sentences in unseen voices.

Seeded: the same machine and package versions give the same model.  To teach it
other words, change TEMPLATES and SLOTS (a phoneme of espeak-ng's that PHONES
lacks stops it with a KeyError).
"""
import argparse
import collections
import ctypes
import json
import math
import shutil
import struct
import time
import wave
from pathlib import Path

import numpy as np

SEED = 20240607
RATE = 8000          # the model's sampling rate
SHIFT, WINDOW = 80, 200          # 10 ms step, 25 ms window, in samples
SUBSAMPLING = 3      # Vosk counts word times in 30 ms steps, so this is fixed
MFCC = {"num-mel-bins": 28, "num-ceps": 20, "low-freq": 100, "high-freq": 3600}
SPLICE = (-10, -7, -5, -3, -2, -1, 0, 1, 2, 3, 5, 7, 10)     # frames the net sees
HIDDEN = 224
ACOUSTIC_SCALE = 0.35            # how far Vosk trusts the network against the word bigrams
SILENCE_PRIOR = 0.03 # its share in training, times this: less, and noise is less often taken for words
UNK_PRICE = 1.1      # of each phone in an unknown word; higher means fewer [unk]

# ---------------------------------------------------------------- 1. words

DIGITS = "zero one two three four five six seven eight nine".split()
SLOTS = {
    "who": "me|us|my wife|my son|my neighbor",
    "when": "today|tomorrow|this morning|this afternoon|tonight|on monday|on friday|now",
    "past": "today|yesterday|this morning|last night|on sunday|again",
    "place": "the school|the church|the park|the road|main street|the town hall|the fire|the news",
    "thing": "the paper|my subscription|the delivery|your story|a story|a fire|a complaint|the bill",
    "name": "john|mary|david|susan",
}
TEMPLATES = [
    "hello", "hello this is {name}", "hello this is a message for the editor", "good morning",
    "my number is {num}", "call me at {num}", "please call me back at {num}", "the number is {num}",
    "please call me back", "please call me back {when}", "please call {who} back {when}", "call {num} please",
    "i have a news tip", "i have a news tip about {place}", "i have a story for the editor",
    "there is a fire at {place}", "there was a fire on {place} {past}", "the road is closed at {place}",
    "i want to cancel my subscription", "i want to renew my subscription", "i have a question about {thing}",
    "i have a complaint about {thing}", "i want to talk to the editor about {thing}",
    "my paper was late {past}", "my paper is missing {past}", "the paper was wet {past}",
    "the delivery was late {past}", "i did not get my paper {past}", "we did not get the paper {past}",
    "i live at {digits} main street", "my name is {name}", "this is about {thing}", "it is about {place}",
    "thank you", "thank you goodbye", "yes", "no", "yes please", "no thank you", "goodbye",
]
# Words mostly outside the vocabulary: they only teach the network more of English.
OTHER_WORDS = """water table father mother house garden people measure vision young yellow wash watch
finger singing thing breath bath voice boy noise cow loud bird heard air care where here near poor tour sure
book put food blue moon cat hat man apple happy busy little bottle button mountain city pretty better doctor
nature picture judge jump orange shoe fish ship cheese chair peach teacher kitchen brother weather leather
zebra music size pleasure usual television garage king ring long song strong hang uncle bank think path tooth
both earth mouth south thumb vote value river over ever heavy visit oval evil yard yes yet union unit view
few cure huge human hill hand heat hope ahead behind perhaps gate give go get ago again bigger dog leg bag
kind cold cool coat quick quite queen back black lake look like milk world girl early learn turn first work
person purple nurse hurt oil coin point enjoy toy loyal choice out down now brown sound around cloud hour
flower power tower shower eye high light night child iron higher quiet lion ice buy day may rain great break
same table paper bread head said any many friend bed red ten men egg end open only home phone boat slow gold
floor door more war warm law saw talk walk dawn thought bought caught daughter stop job rock clock hot dot
box fox calm palm star car far hard arm park large heart laugh half aunt glass class past fast ask sun
month run come some love money honey cup bus but cut up under us sister system simple middle single level
seven eleven given happen listen lesson reason season cousin dozen student moment parent present second""".split()


def spoken_number(rng, n):
    """n digits as a caller says them; zero is often 'oh'."""
    digits = [DIGITS[d] for d in rng.integers(0, 10, n)]
    return " ".join("oh" if d == "zero" and rng.random() < .5 else d for d in digits)


def sentence(rng):
    """One random caller's sentence (one to three clauses)."""
    out = []
    for _ in range(rng.choice([1, 2, 3], p=[.5, .35, .15])):
        s = TEMPLATES[rng.integers(len(TEMPLATES))]
        while "{" in s:
            slot = s[s.index("{") + 1:s.index("}")]
            if slot == "num":
                value = spoken_number(rng, rng.choice([7, 10], p=[.7, .3]))
            elif slot == "digits":
                value = spoken_number(rng, rng.integers(1, 5))
            else:
                options = SLOTS[slot].split("|")
                value = options[rng.integers(len(options))]
            s = s.replace("{" + slot + "}", value, 1)
        out.append(s)
    return " ".join(out)


def vocabulary():
    text = " ".join(TEMPLATES + list(SLOTS.values()) + DIGITS).replace("|", " ")
    return sorted({w for w in text.split() if "{" not in w} | {"oh"})


def training_text(rng, words):
    """Sentences, word salad, digit strings and words outside the vocabulary."""
    kind = rng.random()
    if kind < .45:
        return sentence(rng)
    if kind < .70:
        return " ".join(rng.choice(words, rng.integers(2, 8)))
    if kind < .80:
        return spoken_number(rng, rng.integers(3, 11))
    return " ".join(rng.choice(OTHER_WORDS, rng.integers(3, 9)))


def with_pauses(rng, text):
    """Commas here and there, where espeak-ng pauses."""
    share = rng.choice([0, .1, .4], p=[.6, .3, .1])
    *words, last = text.split(" ")
    return " ".join([w + "," if rng.random() < share else w for w in words] + [last])


# ---------------------------------------------------------------- 2. speech

ACCENTS = ["en-us"] * 4 + ["en-us-nyc", "en", "en", "en-gb-x-rp", "en-gb-scotland", "en-gb-x-gbclan", "en-029"]
# Voices with breath noise (f2, f3, f5, ...) are left out: espeak-ng seeds it with the clock.
TRAIN_VOICES = """Alex Andrea Denis Diogo Gene Henrique Hugo Lee Mario Michael Mike Nguyen RicishayMax adam
announcer antonio aunty benjamin boris david ed f1 f4 grandma grandpa gustave ian iven john kaukovalta klatt
klatt2 klatt4 linda m1 m2 m4 m5 m6 m8 marcelo max miguel mike2 norbert pablo paul pedro quincy rob robert
shelby""".split() + [""]
TEST_VOICES = "Andy Annie belinda edward2 m3 m7 michel steph travis zac".split()

# espeak-ng's phoneme names (stress marks removed) to ours; None joins the phone before.
PHONES = {
    "@": "AX", "@2": "AX", "@5": "AX", "a#": "AX", "3": "ER", "3:": "ER", "IR": "ER", "VR": "ER", "@L": "EL",
    "I": "IH", "I2": "IH", "I#": "IH", "i": "IY", "i:": "IY", "i@": "IA", "i@3": "IA", "E": "EH", "e@": "EA",
    "a": "AE", "aa": "AA", "A:": "AA", "A@": "AA", "0": "OH", "O2": "OH", "O:": "AO", "O@": "AO", "o@": "AO",
    "OI": "OY", "U": "UH", "U@": "UA", "u:": "UW", "V": "AH", "aI": "AY", "aI2": "AY", "aI@": "AYA",
    "aI3": "AYA", "aU": "AW", "aU@": "AW", "eI": "EY", "oU": "OW", "p": "P", "b": "B", "t": "T", "t#": "DX",
    "t2": "T", "?": "T", "t[": "TH", "d": "D", "k": "K", "g": "G", "f": "F", "v": "V", "T": "TH", "D": "DH", "s": "S",
    "z": "Z", "S": "SH", "Z": "ZH", "h": "HH", "tS": "CH", "dZ": "JH", "m": "M", "n": "N", "n-": "N", "N": "NG",
    "l": "L", "r": "R", "r-": "R", "j": "Y", "w": "W", "w#": "W", "_": "SIL", "_:": "SIL", ";": None,
}
PHONE_LIST = ["SIL"] + sorted({p for p in PHONES.values() if p} - {"SIL"})


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("uid", ctypes.c_uint), ("text_position", ctypes.c_int),
                ("length", ctypes.c_int), ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
                ("user_data", ctypes.c_void_p), ("id", _Id)]


class Espeak:
    """libespeak-ng through ctypes: audio, and the phones with their first samples."""
    PHONEME_EVENT = 7

    def __init__(self):
        import espeakng_loader
        self.lib = ctypes.CDLL(espeakng_loader.get_library_path())
        # 2 = synchronous audio through the callback; option 1 = phoneme events
        self.rate = self.lib.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 1)
        ctypes.CDLL(None).srand(SEED)
        callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int,
                                    ctypes.POINTER(_Event))
        self.callback = callback(self._collect)          # kept, or ctypes frees it
        self.lib.espeak_SetSynthCallback(self.callback)

    def _collect(self, wav, n, events):
        if n > 0:
            self.audio.append(np.ctypeslib.as_array(wav, (n,)).copy())
        i = 0
        while events[i].type:
            if events[i].type == self.PHONEME_EVENT:
                name = events[i].id.string.decode("utf-8", "replace").lstrip("',%=")
                self.events.append((events[i].sample, name, events[i].text_position - 1))
            i += 1
        return 0

    def say(self, text, voice, rate, pitch, pitch_range, gap):
        """(float audio, [(first sample, phone, index of the word or None)])"""
        self.audio, self.events = [], []
        if self.lib.espeak_SetVoiceByName(voice.encode()):
            raise ValueError("no such voice: " + voice)
        for parameter, value in ((1, rate), (3, pitch), (4, pitch_range), (7, gap)):
            self.lib.espeak_SetParameter(parameter, int(value), 0)
        data = text.encode() + b"\0"
        self.lib.espeak_Synth(data, len(data), 0, 0, 0, 1, None, None)
        word_at, position = {}, 0
        for index, word in enumerate(text.split(" ")):
            word_at.update((position + k, index) for k in range(len(word)))
            position += len(word) + 1
        phones = [(0, "SIL", None)]
        for sample, name, where in self.events:
            phone = PHONES[name]
            if phone:
                phones.append((sample, phone, None if phone == "SIL" else word_at.get(where)))
        return np.concatenate(self.audio).astype(np.float32), phones


def random_speech(espeak, rng, text, voices):
    voice = ACCENTS[rng.integers(len(ACCENTS))]
    variant = voices[rng.integers(len(voices))]
    return espeak.say(text, voice + ("+" + variant if variant else ""), rng.integers(130, 211),
                      rng.integers(25, 80), rng.integers(20, 80), rng.integers(0, 6) if rng.random() < .3 else 0)


# ---------------------------------------------------------------- 3. channel

def mulaw(x):
    """There and back through 8-bit mu-law, as on a telephone line (x within +-1)."""
    code = np.round(np.sign(x) * np.log1p(255 * np.abs(x)) / np.log(256) * 127) / 127
    return np.sign(code) * (256 ** np.abs(code) - 1) / 255


def noise(rng, n, slope):
    """Noise whose power falls by f^-slope: 0 is white, 1 is pink."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    spectrum *= np.maximum(np.arange(len(spectrum)) / n * RATE, 50) ** (-slope / 2)
    x = np.fft.irfft(spectrum, n)
    return x / (np.sqrt(np.mean(x ** 2)) + 1e-9)


def telephone(rng, audio, rate, clean=None):
    """Audio at any rate -> (8 kHz int16 samples, how many samples of silence come before it)."""
    clean = rng.random() < .2 if clean is None else clean
    n = 2 * round(len(audio) * RATE / rate / 2)
    spectrum = np.fft.rfft(audio)[:n // 2 + 1]
    f = np.fft.rfftfreq(n, 1 / RATE)
    low, high = (50, 3900) if clean else (rng.uniform(150, 350), rng.uniform(3200, 3700))
    gain = 1 / (1 + (low / np.maximum(f, 1)) ** 8) / (1 + (f / high) ** 40)
    if not clean:
        gain *= (np.maximum(f, 100) / 1000) ** rng.uniform(-.3, .3)
    x = np.fft.irfft(spectrum * gain, n)
    x *= 10 ** (rng.uniform(-24, -2) / 20) / (np.abs(x).max() + 1e-9)
    speech = np.sqrt(np.mean(x ** 2))
    lead, tail = rng.integers(0, int(.8 * RATE), 2)
    x = np.pad(x, (lead, tail))
    if not clean:
        level = speech or 10 ** (rng.uniform(-40, 0) / 20)
        hiss = level * 10 ** (-rng.uniform(10, 40) / 20) * noise(rng, len(x), rng.uniform(0, 1.5))
        if not speech and rng.random() < .6:                 # noise that comes and goes
            knots = np.arange(0, len(x) + RATE, rng.integers(RATE // 20, RATE // 2))
            hiss *= np.interp(np.arange(len(x)), knots, 10 ** rng.uniform(-1.5, 0, len(knots)))
        x += hiss
        if rng.random() < .1:                                # mains hum
            x += level * rng.uniform(0, .2) * np.sin(2 * np.pi * 60 * np.arange(len(x)) / RATE)
        if rng.random() < (.1 if speech else .4):            # the answering machine's beep
            start, stop = np.sort(rng.integers(0, lead + 1 if speech else len(x), 2))
            beep = np.sin(2 * np.pi * rng.uniform(300, 1600) * np.arange(stop - start) / RATE)
            x[start:stop] += rng.uniform(.02, .5) * beep
        x = np.clip(x, -1, 1)
        if rng.random() < .7:
            x = mulaw(x)
    return np.round(np.clip(x, -1, 1) * 32767).astype(np.int16), int(lead)


# ---------------------------------------------------------------- 4. features

def mfcc(samples):
    """Kaldi's MFCCs of int16 samples: (frames, num-ceps)."""
    import kaldi_native_fbank as knf
    o = knf.MfccOptions()
    o.frame_opts.samp_freq, o.frame_opts.dither = RATE, 0.0
    o.mel_opts.num_bins, o.num_ceps = MFCC["num-mel-bins"], MFCC["num-ceps"]
    o.mel_opts.low_freq, o.mel_opts.high_freq = MFCC["low-freq"], MFCC["high-freq"]
    o.use_energy = False
    m = knf.OnlineMfcc(o)
    m.accept_waveform(RATE, samples.astype(np.float32).tolist())
    m.input_finished()
    return np.array([m.get_frame(i) for i in range(m.num_frames_ready)], np.float32)


def frame_labels(n, phones, lead, rate):
    """State of each frame: 2p in a phone's first 30 ms, 2p + 1 in the rest of it."""
    centre = (np.arange(n) * SHIFT + WINDOW // 2 - lead) * rate / RATE
    which = np.maximum(np.searchsorted([s for s, _, _ in phones], centre, "right") - 1, 0)
    ids = np.array([PHONE_LIST.index(p) for _, p, _ in phones])
    before = np.concatenate([np.full(SUBSAMPLING, -1), which])[:n]
    return (2 * ids[which] + (which == before)).astype(np.int32)


def make_training_set(espeak, rng, words, hours):
    """Features (edge-padded per utterance), rows to train on, labels, statistics for the graph."""
    feats, rows, labels, at = [], [], [], 0
    pronunciations = collections.defaultdict(collections.Counter)
    merged = collections.defaultdict(collections.Counter)
    durations = collections.defaultdict(list)
    pad = max(SPLICE)
    known = set(words)
    while at < hours * 360000:
        text = training_text(rng, words)
        audio, phones = random_speech(espeak, rng, with_pauses(rng, text), TRAIN_VOICES)
        if rng.random() < .08:                               # a pause with nothing but the line's noise
            text, audio, phones = "", np.zeros_like(audio), [(0, "SIL", None)]
        rate = espeak.rate * (rng.uniform(.85, 1.3) if rng.random() < .5 else 1)   # other sizes of head
        samples, lead = telephone(rng, audio, rate)
        x = mfcc(samples)
        y = frame_labels(len(x), phones, lead, rate)
        feats.append(np.pad(x, ((pad, pad), (0, 0)), "edge"))
        rows.append(np.arange(len(x)) + at + pad)
        labels.append(y)
        at += len(x) + 2 * pad
        if not text:
            continue
        by_word = collections.defaultdict(list)
        for (start, phone, word), end in zip(phones, [p[0] for p in phones[1:]] + [len(audio)]):
            durations[phone].append((end - start) / espeak.rate * 100 / SUBSAMPLING)
            if word is not None:
                by_word[word].append(phone)
        spoken = text.split(" ")
        for index, word in enumerate(spoken):
            pron = tuple(by_word[index])
            if index + 1 < len(spoken) and not by_word[index + 1]:
                merged[word, spoken[index + 1]][pron] += 1
            elif word in known and pron:
                pronunciations[word][pron] += 1
    # espeak-ng says some pairs ("for the") as one word: its last phones are then the second word's
    for (word, following), prons in merged.items():
        if word in known and following in known:
            for pron, count in prons.items():
                for tail in list(pronunciations[following]):
                    if len(tail) < len(pron) and pron[-len(tail):] == tail:
                        pronunciations[word][pron[:-len(tail)]] += count
                        pronunciations[following][tail] += count
                        break
    return np.concatenate(feats), np.concatenate(rows), np.concatenate(labels), pronunciations, durations


# ---------------------------------------------------------------- 5. network

def forward(params, x):
    """Activations of each layer; the last is the log-softmax."""
    acts = [x]
    for i, (w, b) in enumerate(params):
        z = acts[-1] @ w.T + b
        acts.append(np.maximum(z, 0) if i + 1 < len(params) else z)
    z = acts[-1] - acts[-1].max(1, keepdims=True)
    acts[-1] = z - np.log(np.exp(z).sum(1, keepdims=True))
    return acts


def train(rng, feats, rows, labels, epochs, batch=512, rate=2e-3):
    """Adam on cross-entropy; the inputs' mean and deviation end up inside the first layer."""
    mean, std = feats[rows].mean(0), feats[rows].std(0)
    feats = (feats - mean) / std
    offsets = np.array(SPLICE)
    sizes = [feats.shape[1] * len(SPLICE), HIDDEN, HIDDEN, 2 * len(PHONE_LIST)]
    params = [[(rng.standard_normal((o, i)) * math.sqrt(2 / i)).astype(np.float32), np.zeros(o, np.float32)]
              for i, o in zip(sizes, sizes[1:])]
    moments = [[[np.zeros_like(p), np.zeros_like(p)] for p in layer] for layer in params]
    steps, step = epochs * (len(rows) // batch), 0
    for epoch in range(epochs):
        order = rng.permutation(len(rows))
        loss = correct = seen = 0
        for k in range(len(rows) // batch):
            pick = order[k * batch:(k + 1) * batch]
            y = labels[pick]
            x = feats[rows[pick][:, None] + offsets].reshape(batch, -1)
            acts = forward(params, x)
            loss -= acts[-1][np.arange(batch), y].sum()
            correct += (acts[-1].argmax(1) == y).sum()
            seen += batch
            d = np.exp(acts[-1])
            d[np.arange(batch), y] -= 1
            d /= batch
            step += 1
            lr = rate * (1 - (step - 1) / steps) * min(1, step / 500)
            for i in range(len(params) - 1, -1, -1):
                grads = d.T @ acts[i], d.sum(0)
                if i:
                    d = (d @ params[i][0]) * (acts[i] > 0)
                for p, g, (m, v) in zip(params[i], grads, moments[i]):
                    m += .1 * (g - m)
                    v += .001 * (g * g - v)
                    p -= lr * (m / (1 - .9 ** step)) / (np.sqrt(v / (1 - .999 ** step)) + 1e-8)
        print(f"  epoch {epoch + 1}: cross-entropy {loss / seen:.3f}, frames right {correct / seen:.1%}", flush=True)
    w, b = params[0]
    w = w / np.tile(std, len(SPLICE))
    params[0] = [w.astype(np.float32), (b - w @ np.tile(mean, len(SPLICE))).astype(np.float32)]
    return params


# ---------------------------------------------------------------- 6. files
# Kaldi phones: SIL is 1; every other phone has four ids, for its place in the word.

PLACES = ("begin", "end", "internal", "singleton")


def kaldi_phone(phone, place):
    return 1 if phone == "SIL" else 2 + 4 * (PHONE_LIST.index(phone) - 1) + PLACES.index(place)


def word_phones(pron):
    """Kaldi phone ids of a pronunciation."""
    if len(pron) == 1:
        return [kaldi_phone(pron[0], "singleton")]
    places = ["begin"] + ["internal"] * (len(pron) - 2) + ["end"]
    return [kaldi_phone(p, where) for p, where in zip(pron, places)]


# One emitting state per phone: entering it emits pdf 2p, staying emits 2p + 1.
# A phone's two transitions get Kaldi's transition-ids in this order:
def stay_id(phone):
    return 2 * phone - 1


def enter_id(phone):
    return 2 * phone


class KaldiFile:
    """Kaldi's binary format, as far as needed."""

    def __init__(self, path):
        self.f = open(path, "wb")
        self.f.write(b"\0B")

    def token(self, *names):
        for name in names:
            self.f.write(name.encode() + b" ")

    def int(self, *values):
        for v in values:
            self.f.write(struct.pack("<bi", 4, v))

    def float(self, *values):
        for v in values:
            self.f.write(struct.pack("<bf", 4, v))

    def ints(self, values):
        self.f.write(struct.pack("<bi", 4, len(values)) + np.array(values, "<i4").tobytes())

    def vector(self, v):
        self.token("FV")
        self.int(len(v))
        self.f.write(np.asarray(v, "<f4").tobytes())

    def matrix(self, m):
        self.token("FM")
        self.int(*m.shape)
        self.f.write(np.ascontiguousarray(m, "<f4").tobytes())


def write_acoustic_model(path, params, priors, stay):
    """am/final.mdl: TransitionModel, then the nnet3 network with its priors."""
    phones = [1] + [kaldi_phone(p, where) for p in PHONE_LIST[1:] for where in PLACES]
    bases = [0] + [i for i in range(1, len(PHONE_LIST)) for _ in PLACES]
    k = KaldiFile(path)
    k.token("<TransitionModel>", "<Topology>")
    k.ints(phones)
    k.ints([-1] + [0] * len(phones))             # phone id -> topology entry
    k.int(-1, 1, 2)                              # "pdfs differ for entering and staying"; 1 entry; 2 states
    k.int(0, 1, 2)                               # state 0: pdf classes 0 and 1, two transitions
    for target in (0, 1):
        k.int(target)
        k.float(.5)
    k.int(-1, -1, 0)                             # state 1: final
    k.token("</Topology>", "<Tuples>")
    k.int(len(phones))
    for phone, base in zip(phones, bases):
        k.int(phone, 0, 2 * base, 2 * base + 1)
    k.token("</Tuples>", "<LogProbs>")
    k.vector([0.] + [math.log(p) for base in bases for p in (stay[base], 1 - stay[base])])
    k.token("</LogProbs>", "</TransitionModel>")

    splice = ", ".join("input" if o == 0 else f"Offset(input, {o})" for o in SPLICE)
    config = [f"input-node name=input dim={MFCC['num-ceps']}"]
    previous, components = f"Append({splice})", []
    for i, (w, b) in enumerate(params):
        config.append(f"component-node name=affine{i} component=affine{i} input={previous}")
        components.append((f"affine{i}", "FixedAffineComponent", (w, b)))
        last = i + 1 == len(params)
        kind, name = ("LogSoftmaxComponent", "logsoftmax") if last else ("RectifiedLinearComponent", f"relu{i}")
        config.append(f"component-node name={name} component={name} input=affine{i}")
        components.append((name, kind, len(b)))
        previous = name
    config.append(f"output-node name=output input={previous} objective=linear")
    k.token("<Nnet3>")
    k.f.write(("\n" + "\n".join(config) + "\n\n").encode())
    k.token("<NumComponents>")
    k.int(len(components))
    for name, kind, value in components:
        k.token("<ComponentName>", name, f"<{kind}>")
        if kind == "FixedAffineComponent":
            k.token("<LinearParams>")
            k.matrix(value[0])
            k.token("<BiasParams>")
            k.vector(value[1])
        else:
            k.token("<Dim>")
            k.int(value)
            k.token("<ValueAvg>")
            k.vector([])
            k.token("<DerivAvg>")
            k.vector([])
            k.token("<Count>")
            k.float(0)
        k.token(f"</{kind}>")
    k.token("</Nnet3>", "<LeftContext>")
    k.int(-min(SPLICE))
    k.token("<RightContext>")
    k.int(max(SPLICE))
    k.token("<Priors>")
    k.vector(priors)
    k.f.close()


class Graph:
    """A weighted transducer, written in OpenFst's "vector" format.

    (Not with kaldifst: in one process with vosk it hangs or crashes, since both bring their own OpenFst.)
    """

    def __init__(self):
        self.arcs, self.final, self.start = [], {}, 0

    def state(self):
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(self, source, target, ilabel=0, olabel=0, cost=0.):
        self.arcs[source].append(struct.pack("<iifi", ilabel, olabel, cost, target))

    def write(self, path):
        text = b"".join(struct.pack("<i", len(t)) + t for t in (b"vector", b"standard"))
        with open(path, "wb") as f:
            # magic; types; version 2, no symbol tables; properties expanded + mutable; sizes
            f.write(struct.pack("<i", 2125659606) + text + struct.pack("<iiQqqq", 2, 0, 3, self.start,
                    len(self.arcs), sum(map(len, self.arcs))))
            for s, arcs in enumerate(self.arcs):
                f.write(struct.pack("<fq", self.final.get(s, math.inf), len(arcs)) + b"".join(arcs))


def bigrams(rng, words, count=20000, discount=.4):
    """Bigram costs with absolute discounting: {history: {word: cost}}, back-off costs, unigram costs."""
    pairs, single = collections.defaultdict(collections.Counter), collections.Counter(words + ["</s>"])
    for _ in range(count):
        text = ["<s>"] + (sentence(rng).split() if rng.random() > .1 else []) + ["</s>"]   # some say nothing
        single.update(text[1:])
        for a, b in zip(text, text[1:]):
            pairs[a][b] += 1
    single["[unk]"] = .01 * sum(single.values())
    total = sum(single.values())
    unigram = {w: -math.log(c / total) for w, c in single.items()}
    explicit, backoff = {}, {}
    for h in ["<s>", "[unk]"] + words:
        n = sum(pairs[h].values())
        explicit[h] = {w: -math.log((c - discount) / n) for w, c in pairs[h].items()}
        backoff[h] = -math.log(discount * len(pairs[h]) / n) if n else 0.
        backoff[h] = min(backoff[h], 6.)
    return explicit, backoff, unigram


def write_lexicon(path, words, pronunciations, stay, word_ids):
    """graph/HCLr.fst: from transition-ids to words, a loop of words with silence between.

    As Kaldi's AddSelfLoops(reorder = true) has it, the arc that enters a phone
    comes first and the self-loop is on the state behind it, where the cost of
    leaving is also paid.  Each word's label is on its first arc, so that Vosk
    can compose this with Gr.fst, or with a program's own grammar, as it decodes.
    """
    g = Graph()

    def phone_state(phone):
        """A state inside this phone, and the cost of leaving it."""
        s = g.state()
        p = stay[0 if phone == 1 else (phone - 2) // 4 + 1]
        g.arc(s, s, stay_id(phone), 0, -math.log(p))
        return s, -math.log(1 - p)

    start, root, after = g.state(), g.state(), g.state()
    g.final[root] = 0.
    for state, p in ((start, .8), (after, .25)):             # silence at the start, after a word
        g.arc(state, root, cost=-math.log(1 - p))
        silence, leave = phone_state(1)
        g.arc(state, silence, enter_id(1), 0, -math.log(p))
        g.arc(silence, root, cost=leave)

    for word in words:
        total = sum(pronunciations[word].values())
        kept = {p: c for p, c in pronunciations[word].items() if c >= .03 * total}
        for pron, c in kept.items():
            state, leave, label = root, -math.log(c / max(kept.values())), word_ids[word]
            for phone in word_phones(pron):
                following, next_leave = phone_state(phone)
                g.arc(state, following, enter_id(phone), label, leave)
                state, leave, label = following, next_leave, 0
            g.arc(state, after, cost=leave)

    # [unk]: any three phones or more, each at a price
    price = UNK_PRICE * math.log(len(PHONE_LIST))
    one, more = g.state(), g.state()
    for phone in PHONE_LIST[1:]:
        for place, sources, target, label in (("begin", [root], one, word_ids["[unk]"]),
                                              ("internal", [one, more], more, 0), ("end", [more], after, 0)):
            state, leave = phone_state(kaldi_phone(phone, place))
            for source in sources:
                g.arc(source, state, enter_id(kaldi_phone(phone, place)), label, price)
            g.arc(state, target, cost=leave)
    g.write(path)


def write_grammar(path, rng, words, word_ids):
    """graph/Gr.fst: the bigrams; one state for each word before, and one with nothing known."""
    g = Graph()
    explicit, backoff, unigram = bigrams(rng, words)
    known = {h: g.state() for h in explicit}                 # "<s>" is first: the start
    general = g.state()
    g.final[general] = unigram["</s>"]
    for h, state in known.items():
        g.arc(state, general, cost=backoff[h])
        g.final.update({state: cost for w, cost in explicit[h].items() if w == "</s>"})
    for state, costs in [(known[h], explicit[h]) for h in explicit] + [(general, unigram)]:
        for w in sorted((w for w in costs if w != "</s>"), key=word_ids.get):
            g.arc(state, known[w], word_ids[w], word_ids[w], costs[w])
    g.write(path)


def write_model(model, rng, words, params, priors, pronunciations, durations):
    shutil.rmtree(model, ignore_errors=True)
    for folder in ("am", "conf", "graph/phones"):
        (model / folder).mkdir(parents=True)
    # a phone stays on average `mean` steps: the first by entering, the others by staying
    means = [max(1.1, float(np.mean(durations[p]))) if durations[p] else 2. for p in PHONE_LIST]
    stay = [1 - 1 / m for m in means]
    write_acoustic_model(model / "am/final.mdl", params, priors, stay)
    word_ids = {w: i for i, w in enumerate(["<eps>", "[unk]"] + words)}
    symbols = list(word_ids) + ["#0", "<s>", "</s>"]
    (model / "graph/words.txt").write_text("".join(f"{w} {i}\n" for i, w in enumerate(symbols)))
    write_lexicon(model / "graph/HCLr.fst", words, pronunciations, stay, word_ids)
    write_grammar(model / "graph/Gr.fst", rng, words, word_ids)
    (model / "graph/disambig_tid.int").write_text("")
    (model / "graph/phones/word_boundary.int").write_text("1 nonword\n" + "".join(
        f"{kaldi_phone(p, where)} {where}\n" for p in PHONE_LIST[1:] for where in PLACES))
    (model / "conf/mfcc.conf").write_text("".join(f"--{k}={v}\n" for k, v in {
        "sample-frequency": RATE, "use-energy": "false", "dither": 0, **MFCC}.items()))
    (model / "conf/model.conf").write_text("".join(f"--{k}={v}\n" for k, v in {
        "min-active": 200, "max-active": 3000, "beam": 10.0, "lattice-beam": 3.0,
        "acoustic-scale": ACOUSTIC_SCALE, "frame-subsampling-factor": SUBSAMPLING,
        "endpoint.silence-phones": 1, "endpoint.rule2.min-trailing-silence": 0.5,
        "endpoint.rule3.min-trailing-silence": 0.75, "endpoint.rule4.min-trailing-silence": 1.0}.items()))


# ---------------------------------------------------------------- 7. test

def errors(reference, hypothesis):
    """Word edit distance."""
    row = list(range(len(hypothesis) + 1))
    for i, r in enumerate(reference, 1):
        previous, row[0] = row[0], i
        for j, h in enumerate(hypothesis, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (r != h))
    return row[-1]


def recognise(model, samples, rate=RATE):
    import vosk
    r = vosk.KaldiRecognizer(model, rate)
    r.SetWords(True)
    data, texts = samples.tobytes(), []
    for i in range(0, len(data), 8000):
        if r.AcceptWaveform(data[i:i + 8000]):
            texts.append(json.loads(r.Result())["text"])
    texts.append(json.loads(r.FinalResult())["text"])
    return " ".join(t for t in texts if t)


def held_out(espeak, rng, count, clean=False):
    """Random sentences in unseen voices, over the telephone unless clean: [(text, samples, voice)]"""
    tests = []
    for i in range(count):
        variant = TEST_VOICES[i % len(TEST_VOICES)]
        text = sentence(rng)
        audio, _ = random_speech(espeak, rng, with_pauses(rng, text), [variant])
        tests.append((text, telephone(rng, audio, espeak.rate, clean)[0], variant))
    return tests


def word_error_rate(model_path, tests):
    import vosk
    vosk.SetLogLevel(-1)
    model = vosk.Model(str(model_path))
    wrong, total = collections.Counter(), collections.Counter()
    mistakes = []
    for text, samples, voice in tests:
        heard = recognise(model, samples)
        e = errors(text.split(), heard.split())
        if e:
            mistakes.append((voice, text, heard))
        for key in (voice, "all"):
            wrong[key] += e
            total[key] += len(text.split())
    return {k: wrong[k] / total[k] for k in total}, total["all"], mistakes


MESSAGES = [
    ("news_tip", "en-us+m3", "hello this is david, i have a news tip about the fire at the school, "
     "please call me back today, my number is five five five two one oh seven, thank you goodbye"),
    ("late_paper", "en-us+Annie", "good morning, my paper was late again this morning, i have a complaint about "
     "the delivery, please call me at eight two nine four one six zero, thank you"),
    ("cancel", "en-gb-x-rp+michel", "hello, i want to cancel my subscription, i live at one two nine main street, "
     "my number is three oh seven six four four one eight five two, goodbye"),
]


def write_messages(out, espeak, rng):
    """Three messages in unseen voices over the telephone, and a JSON file with what they say."""
    import vosk
    model = vosk.Model(str(out / "model"))
    listed = []
    for name, voice, text in MESSAGES:
        audio, _ = espeak.say(text, voice, 165, 50, 50, 0)
        samples, _ = telephone(rng, audio, espeak.rate, clean=False)
        with wave.open(str(out / f"{name}.wav"), "wb") as f:
            f.setnchannels(1)
            f.setsampwidth(2)
            f.setframerate(RATE)
            f.writeframes(samples.tobytes())
        listed.append({"file": f"{name}.wav", "text": text.replace(",", ""), "heard": recognise(model, samples),
                       "voice": "espeak-ng " + voice, "seconds": round(len(samples) / RATE, 2)})
    (out / "messages.json").write_text(json.dumps(listed, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("."))
    parser.add_argument("--hours", type=float, default=6.0, help="of training speech")
    parser.add_argument("--epochs", type=int, default=12)
    options = parser.parse_args()
    began = time.time()
    rng = np.random.default_rng(SEED)
    espeak = Espeak()
    words = vocabulary()
    print(f"{len(words)} words, {len(PHONE_LIST)} phones")
    feats, rows, labels, pronunciations, durations = make_training_set(espeak, rng, words, options.hours)
    print(f"{len(rows) / 360000:.1f} h of speech made; {time.time() - began:.0f} s so far", flush=True)
    params = train(rng, feats, rows, labels, options.epochs)
    priors = np.bincount(labels, minlength=2 * len(PHONE_LIST)) + 100.
    priors /= priors.sum()
    priors[:2] *= SILENCE_PRIOR
    write_model(options.out / "model", np.random.default_rng(SEED + 1), words, params, priors,
                pronunciations, durations)
    print(f"model written; {time.time() - began:.0f} s so far", flush=True)
    for clean in (False, True):
        tests = held_out(espeak, np.random.default_rng(SEED + 2), 400, clean)
        rates, total, mistakes = word_error_rate(options.out / "model", tests)
        print(f"word error rate in unseen voices, {'clean' if clean else 'telephone'}: {rates.pop('all'):.1%} of "
              f"{total} words (" + ", ".join(f"{k} {v:.1%}" for k, v in sorted(rates.items())) + ")")
        for voice, text, heard in mistakes[:8]:
            print(f"  {voice}: {text}\n    heard: {heard}")
    write_messages(options.out, espeak, np.random.default_rng(SEED + 3))
    print(f"done in {time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
