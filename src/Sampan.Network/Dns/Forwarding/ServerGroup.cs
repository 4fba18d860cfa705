using System.Net;

namespace Sampan.Network.Dns.Forwarding;

/// <summary>Name servers that know the same, in the order in which they are asked: the one that answered last comes first.</summary>
internal sealed class ServerGroup(Func<IReadOnlyList<IPEndPoint>> servers)
{
    private int _preferred;

    public IEnumerable<IPEndPoint> InOrder()
    {
        var all = servers();
        int first = Volatile.Read(ref _preferred);
        for (int i = 0; i < all.Count; i++) yield return all[(first + i) % all.Count];
    }

    /// <summary>Notes who answered.</summary>
    public void Prefer(IPEndPoint server)
    {
        for (int i = 0; i < servers().Count; i++)
        {
            if (servers()[i].Equals(server)) Volatile.Write(ref _preferred, i);
        }
    }
}
