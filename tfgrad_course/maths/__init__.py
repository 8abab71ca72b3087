"""The language of `function:`: parse with positions, evaluate anywhere, differentiate exactly."""
