"""Made-up interviews to try things with."""
