"""What a change did to interviews that exist, and due to what."""
