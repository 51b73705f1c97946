"""Kvarn & Kanna, an invented shop for coffee tools: its website, its team and its past conversations."""
