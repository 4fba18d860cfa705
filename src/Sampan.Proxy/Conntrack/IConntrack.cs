using Sampan.Proxy.Compile;
using Sampan.Proxy.Model;

namespace Sampan.Proxy.Conntrack;

/// <summary>The kernel's table of flows.</summary>
internal interface IConntrack
{
    /// <summary>
    /// Forgets the UDP flows to these frontends of one family that lead to nobody who serves (<see cref="StaleFlows"/>), so that the
    /// next packet is judged anew. TCP needs none of this: its connections end by themselves.
    /// </summary>
    /// <returns>How many flows were forgotten.</returns>
    int ForgetStaleUdp(IPFamily family, IReadOnlyDictionary<Frontend, FrontendRule?> frontends);
}
