"""What the tests, the benchmarks and the README's picture share: a browser, and the app running."""
