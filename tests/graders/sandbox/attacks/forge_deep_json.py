# expect: violation, crashed
import os, struct
text = b'[' * 60_000
os.write(3, struct.pack('<II', len(text), 0) + text)
