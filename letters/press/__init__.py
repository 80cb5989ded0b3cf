"""Press: pure functions from a Letter and a Theme to the bytes of a file."""
