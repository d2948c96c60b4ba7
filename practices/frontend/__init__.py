"""What visitors see: views, each beside the presenter that makes ready what it shows."""
