"""inspect_kit: inspect women's prisons against the UN Bangkok Rules, in the terminal, without a network."""

__version__ = "0.1.0"
