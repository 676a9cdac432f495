"""Which network addresses count as one source of tries."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_ONE_HOUSEHOLD = 64


def source_of(remote: str) -> str:
    """Return the name of the source that `remote` belongs to.

    One line of IPv6 has so many addresses that only its network counts.
    """
    try:
        address: IPv4Address | IPv6Address = ip_address(remote.partition("%")[0])
    except ValueError:
        return remote[:64]
    if isinstance(address, IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, _ONE_HOUSEHOLD), strict=False))
