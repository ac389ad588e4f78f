"""Opens connections, says nothing on them, and closes them when standard input ends: idle.py ADDRESS:PORT COUNT."""

import socket
import sys

host, port = sys.argv[1].rsplit(":", 1)
idle = [socket.create_connection((host, int(port)), timeout=30) for _ in range(int(sys.argv[2]))]
print("open", len(idle), flush=True)
sys.stdin.read()
