using System.Net;
using System.Numerics;

namespace Sampan.ControllerManager.NodeIpam;

/// <summary>Equal shares of an address range, each held by at most one node.</summary>
internal sealed class CidrPool
{
    private readonly Lock _lock = new();
    private readonly IPNetwork _cluster;
    private readonly int _prefix;
    private readonly int _count;
    private readonly Dictionary<int, string> _holders = [];
    private readonly Dictionary<string, (int First, int Last)> _shares = [];
    private int _next;

    public CidrPool(string clusterCidr, int nodePrefix)
    {
        _cluster = IPNetwork.Parse(clusterCidr);
        _prefix = nodePrefix;
        if (nodePrefix < _cluster.PrefixLength || nodePrefix - _cluster.PrefixLength > 24)
            throw new ArgumentException($"a /{nodePrefix} per node does not fit into the pod network {clusterCidr}");
        _count = 1 << (nodePrefix - _cluster.PrefixLength);
    }

    /// <summary>Keeps nodes off every share that has an address of this range, such as that of Services.</summary>
    public void Exclude(string cidr)
    {
        if (SharesOf(cidr) is not { } shares) return;
        lock (_lock)
        {
            for (var share = shares.First; share <= shares.Last; share++) _holders[share] = "";
        }
    }

    /// <summary>The node's share, or the next free one, and how many had to be looked at to find it; null when none is left.</summary>
    public (string? Cidr, int Tries) Take(string node)
    {
        lock (_lock)
        {
            if (_shares.TryGetValue(node, out var known)) return (Format(known.First), 0);
            for (var i = 0; i < _count; i++)
            {
                var share = (_next + i) % _count;
                if (_holders.ContainsKey(share)) continue;
                Hold((share, share), node);
                _next = (share + 1) % _count;
                return (Format(share), i);
            }

            return (null, _count);
        }
    }

    /// <summary>Notes what a node has already, be it more than a share or part of one; foreign ranges are ignored.</summary>
    public void Mark(string cidr, string node)
    {
        if (SharesOf(cidr) is not { } shares) return;
        lock (_lock) Hold(shares, node);
    }

    /// <summary>Returns whether the node had one.</summary>
    public bool Release(string node)
    {
        lock (_lock)
        {
            if (!_shares.Remove(node, out var shares)) return false;
            for (var share = shares.First; share <= shares.Last; share++)
                if (_holders.GetValueOrDefault(share) == node) _holders.Remove(share);
            return true;
        }
    }

    /// <summary>How many shares there are.</summary>
    public int Size => _count;

    /// <summary>The part of them that nobody else can have, from 0 to 1.</summary>
    public double Usage
    {
        get
        {
            lock (_lock) return (double)_holders.Count / _count;
        }
    }

    public override string ToString() => $"{_cluster}";

    private int Bits => _cluster.BaseAddress.GetAddressBytes().Length * 8;

    private void Hold((int First, int Last) shares, string node)
    {
        Release(node);
        for (var share = shares.First; share <= shares.Last; share++) _holders[share] = node;
        _shares[node] = shares;
    }

    /// <summary>The shares that have an address of this range; null where none has.</summary>
    private (int First, int Last)? SharesOf(string cidr)
    {
        if (!IPNetwork.TryParse(cidr, out var network) || network.BaseAddress.AddressFamily != _cluster.BaseAddress.AddressFamily) return null;
        var offset = Number(network.BaseAddress) - Number(_cluster.BaseAddress);
        var first = BigInteger.Max(offset >> (Bits - _prefix), 0);
        var last = BigInteger.Min((offset + (BigInteger.One << (Bits - network.PrefixLength)) - 1) >> (Bits - _prefix), _count - 1);
        return first <= last ? ((int)first, (int)last) : null;
    }

    private string Format(int share)
    {
        var value = Number(_cluster.BaseAddress) + ((BigInteger)share << (Bits - _prefix));
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        var address = new byte[Bits / 8];
        bytes.CopyTo(address, address.Length - bytes.Length);
        return $"{new IPAddress(address)}/{_prefix}";
    }

    private static BigInteger Number(IPAddress address) => new(address.GetAddressBytes(), isUnsigned: true, isBigEndian: true);
}
