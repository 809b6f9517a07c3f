"""Who holds which label until when."""
