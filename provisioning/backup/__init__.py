"""Backups of a running box, and the way back from them.

restic keeps the archive: encrypted, incremental, checksummed, in a folder, over SFTP or in an
S3-compatible store. Ours is what restic cannot know: a picture of the store and of the files beside
it that belongs together, and the proof that what comes back is what was there.
"""
