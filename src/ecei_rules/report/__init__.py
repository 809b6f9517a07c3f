"""What people look at: pages that stand alone."""
