"""What is shipped: the parts that the app needs, and none that it must not have."""
