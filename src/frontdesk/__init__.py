"""Frontdesk: customer service for a company that answers its own customers."""

__version__ = "0.1.0"
