"""Line mode: the same work, one question after another."""
