# expect: memory_limit, error
# why: a compressed file that unfolds without end
import io
import zlib
data = zlib.compress(b"\0" * 50_000_000)
held = []
while True:
    held.append(zlib.decompress(data))
