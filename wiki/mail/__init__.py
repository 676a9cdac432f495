"""Letters: the outbox table, the transports, and the delivery of what is due."""
