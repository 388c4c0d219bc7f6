"""voicemail"""
