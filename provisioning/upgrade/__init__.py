"""A new version of the program, with a way back at every step.

Each step is written down before it is taken (`journal`), so that after a power cut at any moment
the box is brought to be wholly the old version or wholly the new one.
"""
