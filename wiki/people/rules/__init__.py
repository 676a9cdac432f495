"""The pure decisions about members: names, addresses, passwords, roles, ways back, lists."""
