"""Accessible editions of one document: large print, audio and French Braille."""

__version__ = "0.1.0"
