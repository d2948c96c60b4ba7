"""What templates show: values made ready, so that a template only displays."""
