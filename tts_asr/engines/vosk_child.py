"""The process that tries a model before the worker loads it: Vosk may end it on a bad model.

Takes the model's folder and its rate as arguments, prints `good` at the end. It imports nothing of
ours, to start fast.
"""

import sys

import vosk


def try_model(folder: str, rate: int) -> None:
    """Raises what Vosk raises, if it lives."""
    vosk.SetLogLevel(-1)
    recognizer = vosk.KaldiRecognizer(vosk.Model(folder), rate)
    recognizer.SetWords(True)
    recognizer.AcceptWaveform(bytes(rate))  # half a second of silence
    recognizer.FinalResult()


if __name__ == "__main__":
    try_model(sys.argv[1], int(sys.argv[2]))
    print("good")
