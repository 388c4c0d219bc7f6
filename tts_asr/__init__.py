"""tts_asr"""
