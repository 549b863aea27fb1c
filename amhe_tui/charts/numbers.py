"""Numbers as they stand beside a chart: round steps for an axis, and values written out in full."""

from __future__ import annotations

import math


def write(number: float, decimals: int) -> str:
    """Return ``number`` with thousands separated, a true minus sign, and no minus before a rounded zero."""
    rounded = f"{abs(number):,.{decimals}f}"
    negative = number < 0 and any(digit in "123456789" for digit in rounded)
    return f"−{rounded}" if negative else rounded


def step_for(low: float, high: float, most: int) -> float:
    """Return the smallest step of 1, 2 or 5 times a power of ten that cuts the range into at most ``most`` parts."""
    rough = (high - low) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))


def ticks(low: float, high: float, most: int) -> tuple[tuple[float, str], ...]:
    """Return round numbers from ``low`` up to ``high`` with their text, at most about ``most``."""
    step = step_for(low, high, most)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple((index * step, write(index * step, decimals)) for index in range(first, last + 1))
