"""Run strangers' code: pool, zygote, child, wire format and layers."""
