using System.Collections.Concurrent;
using Sampan.Proxy.Compile;
using Sampan.Proxy.Conntrack;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Tests.Fakes;

/// <summary>Remembers which frontends were to be cleaned.</summary>
internal sealed class FakeConntrack : IConntrack
{
    public ConcurrentQueue<string> Cleaned { get; } = [];

    public int ForgetStaleUdp(IPFamily family, IReadOnlyDictionary<Frontend, FrontendRule?> frontends)
    {
        foreach (var frontend in frontends.Keys) Cleaned.Enqueue(frontend.Key);
        return 0;
    }
}
