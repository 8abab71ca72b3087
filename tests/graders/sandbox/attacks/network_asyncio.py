# expect: wrong, error, violation
# why: an event loop, which wants a socket pair
import asyncio
async def main():
    return await asyncio.open_connection("127.0.0.1", 45871)
try:
    asyncio.run(main())
except OSError as e:
    print(type(e).__name__)
answer = 0.0
