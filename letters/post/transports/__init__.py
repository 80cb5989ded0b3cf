"""The ways by which a message leaves, behind one interface: the registry knows which there are."""
