"""The course's networks: parameters by name in ``params``, and ``loss(X, y)`` with their gradients."""
